"""Those who run the place: the desk, finding people, roles, suspension."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import letters, minors, presence, queries, role_scopes, second_factor, standing
from academy.people.actor import ROLES, Role, signed_in_actor
from academy.people.forms import RoleForm
from academy.people.guards import admins, moderators
from academy.people.models import Member
from academy.people.proof import proved
from academy.people.views.blueprint import bp, page
from academy.web import desk as desks
from academy.web.forms import tidy_line
from academy.web.paging import row_number


@bp.get("/admin/")
@moderators
def desk() -> ResponseReturnValue:
    """The desk: a card for each kind of work."""
    return page("desk", cards=desks.cards_for(db.session, signed_in_actor()))


@bp.get("/admin/people")
@admins
def people() -> ResponseReturnValue:
    """Find people by name or address."""
    words, role = tidy_line(request.args.get("q", "")[:200]) or "", request.args.get("role", "")
    role = role if role in ROLES else ""
    found = queries.search(db.session, words=words, before=request.args.get("before", type=row_number), role=role)
    grants = queries.roles_of(db.session, [member.id for member in found.members])
    older = url_for("people.people", q=words or None, role=role or None, before=found.next_before)
    return page("people", found=found, grants=grants, words=words, role=role, older=older if found.next_before else "")


@bp.get("/admin/people/<int:member_id>")
@admins
def person(member_id: int) -> ResponseReturnValue:
    """One person: roles, state, devices."""
    member, now = _member(member_id), clock.now()
    scopes = role_scopes.choices(db.session)
    return page(
        "person",
        RoleForm(scopes=scopes),
        member=member,
        grants=queries.roles_of(db.session, [member.id]).get(member.id, []),
        scope_titles=dict(scopes),
        devices=len(queries.sign_ins_of(db.session, member.id, now)),
        lift=queries.lift_of(db.session, member.id),
        is_minor=bool(minors.minors_among(db.session, [member.id])),
        is_self=member.id == signed_in_actor().id,
    )


@bp.post("/admin/people/<int:member_id>/roles")
@admins
@proved
def give_role(member_id: int) -> ResponseReturnValue:
    """Give somebody a role."""
    member = _member(member_id)
    form = RoleForm(scopes=role_scopes.choices(db.session))
    if not form.validate_on_submit():
        raise standing.NoSuchRole
    role = Role(form.role.data, form.scope.data)
    standing.give_role(db.session, member=member, role=role, by=signed_in_actor(), now=clock.now())
    return _done(member, _("The role is given."))


@bp.post("/admin/people/<int:member_id>/roles/take")
@admins
@proved
def take_role(member_id: int) -> ResponseReturnValue:
    """Take a role back; the last admin's stays."""
    member = _member(member_id)
    role = Role(*(tidy_line(request.form.get(name)) or "" for name in ("role", "scope")))
    standing.take_role(db.session, member=member, role=role, by=signed_in_actor(), now=clock.now())
    return _done(member, _("The role is taken back."))


@bp.post("/admin/people/<int:member_id>/suspend")
@admins
@proved
def suspend(member_id: int) -> ResponseReturnValue:
    """Shut somebody out."""
    member = _member(member_id)
    standing.suspend(db.session, member=member, by=signed_in_actor(), now=clock.now())
    return _done(member, _("This person is shut out and signed out everywhere."))


@bp.post("/admin/people/<int:member_id>/restore")
@admins
@proved
def restore(member_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    member = _member(member_id)
    standing.restore(db.session, member=member, by=signed_in_actor(), now=clock.now())
    return _done(member, _("This person can sign in again."))


@bp.post("/admin/people/<int:member_id>/minor")
@admins
def note_minor(member_id: int) -> ResponseReturnValue:
    """Note that somebody is not of age, or that they are."""
    member, actor, now = _member(member_id), signed_in_actor(), clock.now()
    if request.form.get("minor") == "yes":
        minors.note(db.session, member=member, by=actor, now=now)
        return _done(member, _("Only staff can write to this person from now on."))
    minors.lift(db.session, member=member, by=actor, now=now)
    return _done(member, _("Others can write to this person again, as far as the person allows."))


@bp.post("/admin/people/<int:member_id>/sessions/end")
@admins
def end_sessions_of(member_id: int) -> ResponseReturnValue:
    """Sign somebody out everywhere."""
    member, actor = _member(member_id), signed_in_actor()
    presence.end_all(db.session, member_id=member.id)
    record(db.session, actor=actor, action="sessions.ended", now=clock.now(), subject=f"member:{member.id}")
    return _done(member, _("This person is signed out everywhere."))


@bp.post("/admin/people/<int:member_id>/second-factor/lift")
@admins
@proved
def lift_second_factor(member_id: int) -> ResponseReturnValue:
    """Ask for somebody's second factor to be lifted, or agree as the second admin."""
    member, actor, now = _member(member_id), signed_in_actor(), clock.now()
    lifted = second_factor.lift(db.session, member=member, by=actor.id, now=now)
    action = "second-factor.lifted" if lifted else "second-factor.lift-asked"
    record(db.session, actor=actor, action=action, now=now, subject=f"member:{member.id}")
    if lifted:
        letters.send(db.session, to=member, template="second_factor_off", now=now)
        return _done(member, _("The second factor is lifted."))
    return _done(member, _("Another admin has to agree within a day."))


def _member(member_id: int) -> Member:
    member = queries.member(db.session, member_id) if member_id < 2**63 else None
    if member is None:
        raise NotFound
    return member


def _done(member: Member, sentence: str) -> ResponseReturnValue:
    flash(sentence, "done")
    return redirect(url_for("people.person", member_id=member.id), code=303)
