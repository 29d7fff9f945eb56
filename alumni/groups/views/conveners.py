"""Who looks after a group, as its members decide it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.guards import require, signed_in
from academy.web.forms import said
from alumni.groups import conveners, rules
from alumni.groups.forms import ReasonForm
from alumni.groups.views.people import member_or_404
from alumni.groups.views.shared import INVALID, NUMBER, bp, find_inside, find_to_convene, to
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import viewer_of


@bp.post(f"/<key>/members/<{NUMBER}>/convener")
@signed_in
def make_convener(key: str, number: int) -> ResponseReturnValue:
    """Let another member look after the group too."""
    found = find_to_convene(key, lock=True)
    membership = member_or_404(found, number)
    conveners.make(db.session, group=found.group, membership=membership, by=found.actor, now=clock.now())
    flash(_("They look after the group too now, and are told."), "done")
    return to("members", key=key)


@bp.route(f"/<key>/members/<{NUMBER}>/relieve", methods=["GET", "POST"])
@signed_in
def relieve(key: str, number: int) -> ResponseReturnValue:
    """Let another convener look after the group no longer, with a reason."""
    found = find_to_convene(key, lock=request.method == "POST")
    membership, form = member_or_404(found, number), ReasonForm()
    own = membership.member_id == found.actor.id
    require(rules.may_relieve(found.standing, own=own, is_convener=membership.is_convener))
    if not form.validate_on_submit():
        named = bylines(db.session, viewer_of(db.session, found.actor), [membership.member_id])
        name = named[membership.member_id].called
        page = render_template("alumni/groups/relieve.html", group=found.group, name=name, form=form)
        return page, INVALID if form.errors else 200
    now, reason = clock.now(), said(form.reason)
    conveners.relieve(db.session, group=found.group, membership=membership, reason=reason, by=found.actor, now=now)
    flash(_("They are a member like the others now, and are told why."), "done")
    return to("members", key=key)


@bp.post("/<key>/step-down")
@signed_in
def step_down(key: str) -> ResponseReturnValue:
    """Look after the group no longer, but stay in it."""
    found = find_to_convene(key, lock=True)
    conveners.step_down(db.session, group=found.group, member_id=found.actor.id)
    flash(_("You are a member like the others now."), "done")
    return to("show", key=key)


@bp.post("/<key>/offer")
@signed_in
def offer(key: str) -> ResponseReturnValue:
    """Offer to look after a group that nobody looks after."""
    found = find_inside(key, lock=True)
    conveners.offer(db.session, group=found.group, member_id=found.actor.id, now=clock.now())
    flash(_("Thank you. A moderator reads your offer."), "done")
    return to("show", key=key)
