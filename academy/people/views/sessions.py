"""The devices that are signed in."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import presence, queries
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.people.views.blueprint import bp, page
from academy.web.paging import ROW


@bp.get("/account/sessions")
@signed_in
def sessions() -> ResponseReturnValue:
    """List the devices that are signed in."""
    actor = signed_in_actor()
    return page("sessions", devices=queries.sign_ins_of(db.session, actor.id, clock.now()), this=actor.sign_in_id)


@bp.post(f"/account/sessions/<{ROW}:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: int) -> ResponseReturnValue:
    """Sign one device out; somebody else's does not exist here."""
    actor = signed_in_actor()
    if not presence.end(db.session, member_id=actor.id, sign_in_id=sign_in_id):
        raise NotFound
    record(db.session, actor=actor, action="session.ended", now=clock.now(), subject=f"member:{actor.id}")
    flash(_("That device is signed out."), "done")
    return redirect(url_for("people.sessions"), code=303)


@bp.post("/account/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    actor = signed_in_actor()
    presence.end_all(db.session, member_id=actor.id, but=actor.sign_in_id)
    record(db.session, actor=actor, action="sessions.ended", now=clock.now(), subject=f"member:{actor.id}")
    flash(_("All other devices are signed out."), "done")
    return redirect(url_for("people.sessions"), code=303)
