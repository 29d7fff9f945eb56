"""Keeping somebody away, and the list of those who are."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
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
    actor = signed_in_actor()
    kept = blocks.blocked_by(db.session, actor.id)
    viewer, ids = viewer_of(db.session, actor), [each.blocked_id for each in kept]
    visible = queries.visible_among(db.session, viewer, ids)
    people = queries.bylines(db.session, viewer, visible)
    return render_template("alumni/profiles/blocked.html", kept=kept, people=people)


@bp.post("/account/blocks/<int(max=999999999999999):number>/lift")
@signed_in
def lift_block(number: int) -> ResponseReturnValue:
    """Let somebody near again."""
    service.unblock(db.session, member_id=signed_in_actor().id, other_id=number)
    flash(_("They are no longer kept away."), "done")
    return redirect(url_for("profiles.blocked"), code=303)
