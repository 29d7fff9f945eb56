"""The desk of those who open groups: proposals, and groups nobody looks after."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import moderators
from academy.web.forms import hang, said
from alumni.groups import conveners, desk_queries, founding, people_queries, queries, rules
from alumni.groups.forms import ENTRIES, KINDS, AnswerForm
from alumni.groups.models import Group, State
from alumni.groups.views.shared import INVALID, NUMBER, desk_bp
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import viewer_of
from alumni.profiles.words import own_names


@desk_bp.get("/")
@moderators
def index() -> ResponseReturnValue:
    """Every group that waits for somebody to decide."""
    found = desk_queries.waiting(db.session)
    return render_template("alumni/groups/desk.html", found=found, kinds=KINDS)


@desk_bp.get("/<key>")
@moderators
def one(key: str) -> ResponseReturnValue:
    """One of them."""
    return _page(signed_in_actor(), _waiting(key), AnswerForm())


def _waiting(key: str, *, lock: bool = False) -> Group:
    group = desk_queries.on_the_desk(db.session, key, lock=lock) if key.isalnum() else None
    if group is None:
        raise NotFound
    return group


def _page(actor: Actor, group: Group, form: AnswerForm) -> str:
    ready = people_queries.volunteers(db.session, group.id)
    people = [each.member_id for each in ready] + ([group.proposed_by] if group.proposed_by else [])
    named = bylines(db.session, viewer_of(db.session, actor), people)
    spoken = queries.languages_of(db.session, [group.id]).get(group.id, [])
    is_proposal = group.state == State.PROPOSED
    return render_template(
        "alumni/groups/decide.html",
        group=group,
        form=form,
        is_proposal=is_proposal,
        may_decide=rules.may_decide(own=group.proposed_by == actor.id, is_admin=actor.is_admin),
        proposer=named[group.proposed_by] if is_proposal and group.proposed_by else None,
        ready=[(each, named[each.member_id]) for each in ready],
        description=Markup(group.description_html),  # noqa: S704  rendered and cleaned at save
        rules_text=Markup(group.rules_html),  # noqa: S704  rendered and cleaned at save
        kind=KINDS[group.kind],
        entry=ENTRIES[group.entry],
        languages=own_names(spoken),
    )


@desk_bp.post("/<key>")
@moderators
def decide(key: str) -> ResponseReturnValue:
    """Open a proposed group, or say why not."""
    actor, group = signed_in_actor(), _waiting(key, lock=True)
    form, accept = AnswerForm(), request.form.get("act") == "open"
    if form.validate_on_submit() and not accept and not said(form.words):
        hang(form.words, _("Please say why: the person reads it."))
    if form.errors:
        return _page(actor, group, form), INVALID
    founding.decide(db.session, group=group, accept=accept, words=said(form.words), by=actor, now=clock.now())
    flash(_("The group is open.") if accept else _("Whoever proposed it is told why."), "done")
    return redirect(url_for("group_desk.index"), code=303)


@desk_bp.post(f"/<key>/conveners/<{NUMBER}>")
@moderators
def appoint(key: str, number: int) -> ResponseReturnValue:
    """Give a group to a member who offered to look after it."""
    group = _waiting(key, lock=True)
    conveners.appoint(db.session, group=group, number=number, by=signed_in_actor(), now=clock.now())
    flash(_("The group has a convener again, who is told."), "done")
    return redirect(url_for("group_desk.index"), code=303)
