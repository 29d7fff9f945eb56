"""The people of a group: its members, who is taken out, who asks, who is invited."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.guards import signed_in
from academy.web import limits
from academy.web.forms import hang, said
from academy.web.paging import row_number
from alumni.groups import inviting, people_queries, rules, service
from alumni.groups.forms import AnswerForm, InviteForm, RemoveForm
from alumni.groups.models import GroupMember
from alumni.groups.refusals import InvitedAlready, NotToBeInvited
from alumni.groups.views.shared import (
    INVALID,
    INVITING,
    NUMBER,
    Found,
    bp,
    find_inside,
    find_to_convene,
    let_write,
    of_the_network,
    to,
)
from alumni.profiles.listed import listed
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import viewer_of


@bp.get("/<key>/members")
@signed_in
def members(key: str) -> ResponseReturnValue:
    """Who is in the group, as far as whoever asks sees them there."""
    found = find_inside(key)
    convenes, viewer = rules.may_convene(found.standing), viewer_of(db.session, found.actor)
    before = request.args.get("before", type=row_number)
    page = people_queries.members_seen(db.session, viewer, found.group.id, by_convener=convenes, before=before)
    bans = people_queries.bans_of(db.session, found.group.id) if convenes else ()
    people = [each.member_id for each in page.rows] + [each.member_id for each in bans]
    named = bylines(db.session, viewer, people)
    return render_template(
        "alumni/groups/members.html",
        group=found.group,
        convenes=convenes,
        me=found.actor.id,
        rows=[(each, named[each.member_id]) for each in page.rows],
        bans=[(each, named[each.member_id]) for each in bans],
        more_url=url_for("groups.members", key=key, before=page.next_before) if page.next_before else "",
        told=rules.told(found.group.people),
    )


@bp.route(f"/<key>/members/<{NUMBER}>/remove", methods=["GET", "POST"])
@signed_in
def remove(key: str, number: int) -> ResponseReturnValue:
    """Take somebody out, with a reason."""
    found = find_to_convene(key, lock=request.method == "POST")
    membership = member_or_404(found, number)
    form = RemoveForm()
    if not form.validate_on_submit():
        viewer = viewer_of(db.session, found.actor)
        name = bylines(db.session, viewer, [membership.member_id])[membership.member_id].called
        page = render_template("alumni/groups/remove.html", group=found.group, name=name, form=form)
        return page, INVALID if form.errors else 200
    service.remove(
        db.session,
        group=found.group,
        membership=membership,
        reason=said(form.reason),
        ban=bool(form.ban.data),
        by=found.actor,
        now=clock.now(),
    )
    flash(_("They are no longer in the group, and are told why."), "done")
    return to("members", key=key)


def member_or_404(found: Found, number: int) -> GroupMember:
    """The membership with this number, if it is in this group."""
    membership = people_queries.membership(db.session, found.group.id, number)
    if membership is None:
        raise NotFound
    return membership


@bp.post(f"/<key>/bans/<{NUMBER}>/lift")
@signed_in
def lift(key: str, number: int) -> ResponseReturnValue:
    """Let somebody join again."""
    found = find_to_convene(key, lock=True)
    service.lift(db.session, group=found.group, number=number, by=found.actor, now=clock.now())
    flash(_("They may join again."), "done")
    return to("members", key=key)


@bp.get("/<key>/requests")
@signed_in
def requests(key: str) -> ResponseReturnValue:
    """Who asks to be let in, and what they wrote."""
    found = find_to_convene(key)
    asked = people_queries.requests_of(db.session, found.group.id)
    named = bylines(db.session, viewer_of(db.session, found.actor), [each.member_id for each in asked])
    return render_template(
        "alumni/groups/requests.html",
        group=found.group,
        asked=[(each, named[each.member_id], AnswerForm(prefix=f"a{each.id}-")) for each in asked],
    )


@bp.post(f"/<key>/requests/<{NUMBER}>")
@signed_in
def answer(key: str, number: int) -> ResponseReturnValue:
    """Let somebody in, or not."""
    found = find_to_convene(key, lock=True)
    form, accept = AnswerForm(prefix=f"a{number}-"), request.form.get("act") == "accept"
    if not form.validate_on_submit():
        flash(form.words.errors[0], "error")
        return to("requests", key=key)
    service.decide(db.session, group=found.group, number=number, accept=accept, words=said(form.words), now=clock.now())
    flash(_("They are in the group now.") if accept else _("They are told that they were not let in."), "done")
    return to("requests", key=key)


@bp.get("/<key>/invite")
@signed_in
def invitations(key: str) -> ResponseReturnValue:
    """Who was invited, and a form to invite somebody."""
    form = InviteForm(data={"handle": request.args.get("handle", "")[:64]})
    return _invitations(find_to_convene(key), form)


def _invitations(found: Found, form: InviteForm) -> str:
    sent = people_queries.invitations_of(db.session, found.group.id)
    named = listed(db.session, viewer_of(db.session, found.actor), [each.member_id for each in sent])
    return render_template(
        "alumni/groups/invite.html",
        group=found.group,
        form=form,
        sent=[(each, named[each.member_id]) for each in sent],
    )


@bp.post("/<key>/invite")
@signed_in
def invite(key: str) -> ResponseReturnValue:
    """Invite somebody by their handle."""
    limits.spend(INVITING, of_the_network().id)
    found = find_to_convene(key, lock=True)
    form = InviteForm()
    if not form.validate_on_submit():
        return _invitations(found, form), INVALID
    let_write(found.actor)
    member_id = people_queries.member_called(db.session, said(form.handle).lstrip("@").lower())
    viewer = viewer_of(db.session, found.actor)
    try:
        inviting.invite(
            db.session, group=found.group, member_id=member_id, words=said(form.words), viewer=viewer, now=clock.now()
        )
    except (NotToBeInvited, InvitedAlready) as refusal:
        hang(form.handle, refusal)
        return _invitations(found, form), INVALID
    flash(_("Invited. They learn that it was you."), "done")
    return to("invitations", key=key)


@bp.post(f"/<key>/invitations/<{NUMBER}>/take-back")
@signed_in
def take_back(key: str, number: int) -> ResponseReturnValue:
    """Take an invitation back."""
    found = find_to_convene(key, lock=True)
    inviting.take_back(db.session, group=found.group, number=number)
    flash(_("The invitation is taken back."), "done")
    return to("invitations", key=key)
