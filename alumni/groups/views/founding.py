"""Proposing a group, changing its words, putting it away."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.guards import require, signed_in
from academy.web import limits
from academy.web.forms import said, whole
from alumni.groups import founding, queries, rules
from alumni.groups.forms import ENTRY_HINTS, GroupForm
from alumni.groups.founding import Said
from alumni.groups.models import Group, State
from alumni.groups.refusals import ChangedMeanwhile, EnoughWaits
from alumni.groups.views.shared import (
    INVALID,
    PROPOSING,
    Found,
    bp,
    find,
    find_to_convene,
    let_write,
    of_the_network,
    to,
)


@bp.get("/propose")
@signed_in
def propose() -> ResponseReturnValue:
    """The form for a new group."""
    of_the_network()
    form = GroupForm()
    form.offer()
    return _page(form, None)


@bp.post("/propose")
@signed_in
def found() -> ResponseReturnValue:
    """Ask for a new group."""
    actor = of_the_network()
    limits.spend(PROPOSING, actor.id)
    let_write(actor)
    form = GroupForm()
    form.offer()
    if not form.validate_on_submit():
        return _page(form, None), INVALID
    try:
        made = founding.propose(db.session, said=_said(form), why=said(form.why), by=actor, now=clock.now())
    except EnoughWaits as refusal:
        return _page(form, None, str(refusal)), refusal.status
    flash(_("Proposed. A moderator reads it, and you get a notice."), "done")
    return to("show", key=made.key)


def _said(form: GroupForm) -> Said:
    return Said(
        said(form.name),
        said(form.kind),
        said(form.entry),
        said(form.description),
        said(form.rules),
        said(form.for_whom),
        form.languages.data or (),
    )


def _page(form: GroupForm, group: Group | None, refusal: str = "") -> str:
    return render_template("alumni/groups/words.html", form=form, group=group, refusal=refusal, entry_hints=ENTRY_HINTS)


@bp.route("/<key>/change", methods=["GET", "POST"])
@signed_in
def change(key: str) -> ResponseReturnValue:
    """Change what a group says of itself."""
    here = find(key, lock=request.method == "POST")
    require(_may_change(here))
    form = _filled(here.group)
    if not form.validate_on_submit():
        return _page(form, here.group), INVALID if form.errors else 200
    let_write(here.actor)
    why = said(form.why) if "why" in form else None
    try:
        founding.change(db.session, group=here.group, said=_said(form), version=whole(form.version), why=why)
    except ChangedMeanwhile as refusal:
        form.version.data = str(here.group.version)
        return _page(form, here.group, str(refusal)), refusal.status
    flash(_("Saved."), "done")
    return to("show", key=key)


def _may_change(here: Found) -> bool:
    return here.group.state in (State.PROPOSED, State.DECLINED) or rules.may_convene(here.standing)


def _filled(group: Group) -> GroupForm:
    codes = queries.languages_of(db.session, [group.id]).get(group.id, [])
    form = GroupForm(obj=group, data={"languages": codes})
    form.offer()
    if group.state not in (State.PROPOSED, State.DECLINED):
        form.without_why()
    return form


@bp.route("/<key>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(key: str) -> ResponseReturnValue:
    """Ask whether a proposal shall really be taken back, then do it."""
    here = find(key, lock=request.method == "POST")
    require(here.standing.proposed)
    if request.method != "POST" and here.group.state in (State.PROPOSED, State.DECLINED):
        return render_template("alumni/groups/withdraw.html", group=here.group)
    founding.withdraw(db.session, group=here.group)
    flash(_("Your proposal is taken back."), "done")
    return to("index")


@bp.route("/<key>/put-away", methods=["GET", "POST"])
@signed_in
def put_away(key: str) -> ResponseReturnValue:
    """Ask whether a group shall really be put away, then do it."""
    here = find_to_convene(key, lock=request.method == "POST")
    if request.method != "POST":
        return render_template("alumni/groups/put_away.html", group=here.group)
    founding.put_away(db.session, group=here.group, by=here.actor, now=clock.now())
    flash(_("The group is put away. Its members can still read it."), "done")
    return to("show", key=key)


@bp.post("/<key>/take-out")
@signed_in
def take_out(key: str) -> ResponseReturnValue:
    """Open a group again."""
    here = find_to_convene(key, lock=True)
    founding.take_out(db.session, group=here.group, by=here.actor, now=clock.now())
    flash(_("The group is open again."), "done")
    return to("show", key=key)
