"""Keeping somebody away, and the list of those who are."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import marks
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web.forms import Form
from alumni.blocks import queries as blocks
from alumni.blocks import service
from alumni.profiles import queries
from alumni.profiles.viewers import viewer_of
from alumni.profiles.views.blueprint import bp


@bp.route("/alumni/members/<handle>/block", methods=["GET", "POST"])
@signed_in
def block(handle: str) -> ResponseReturnValue:
    """Ask once, then keep a member away."""
    actor = signed_in_actor()
    viewer = viewer_of(db.session, actor)
    member_id = queries.member_behind(db.session, viewer, handle)
    if member_id is None:
        raise NotFound
    reveal(member_id != actor.id)
    if Form().validate_on_submit():
        service.block(db.session, member_id=actor.id, other_id=member_id, now=clock.now())
        flash(_("They are kept away from now on, and are not told."), "done")
        return redirect(url_for("profiles.blocked"), code=303)
    person = queries.bylines(db.session, viewer, [member_id])[member_id]
    return render_template("alumni/profiles/block.html", person=person)


@bp.get("/account/blocks")
@signed_in
def blocked() -> ResponseReturnValue:
    """Whom one keeps away; by name only who would show it anyway."""
    actor, after = signed_in_actor(), request.args.get("after", "")
    last = _behind(actor.id, after) if after else []
    found = blocks.blocked_page(db.session, actor.id, last[0] if last else None)
    kept = found[: blocks.PAGE]
    viewer, ids = viewer_of(db.session, actor), [each.blocked_id for each in kept]
    people = queries.bylines(db.session, viewer, queries.visible_among(db.session, viewer, ids))
    more = marks.mark(_here(actor.id), ids[-1]) if len(found) > blocks.PAGE else ""
    return render_template(
        "alumni/profiles/blocked.html",
        kept=kept,
        people=people,
        mark=partial(marks.mark, _here(actor.id)),
        more_url=url_for("profiles.blocked", after=more) if more else "",
    )


def _here(member_id: int) -> str:
    return f"blocks:{member_id}"


def _behind(member_id: int, mark: str) -> list[int]:
    """Whom this mark stands for among those whom somebody keeps away."""
    return marks.behind(_here(member_id), [mark], blocks.numbers_of(db.session, member_id))


@bp.post("/account/blocks/<mark>/lift")
@signed_in
def lift_block(mark: str) -> ResponseReturnValue:
    """Let somebody near again."""
    me = signed_in_actor().id
    for other_id in _behind(me, mark):
        service.unblock(db.session, member_id=me, other_id=other_id)
    flash(_("They are no longer kept away."), "done")
    return redirect(url_for("profiles.blocked"), code=303)
