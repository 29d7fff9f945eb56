"""Roles given and taken, accounts suspended and restored; one admin remains, and every act is in the audit log."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.people import presence, queries
from academy.people.actor import ADMIN, COURSE_ROLES, ROLES, Actor, Role
from academy.people.models import ACTIVE, SUSPENDED, UNCONFIRMED, Member, RoleGrant
from academy.people.passwords import NONE_YET

ROLE_WORDS: dict[str, Text] = {
    "owner": _l("Owner of a course"),
    "trainer": _l("Trainer"),
    "reviewer": _l("Reviewer"),
    "marker": _l("Marker"),
    "moderator": _l("Moderator"),
    "admin": _l("Admin"),
}


class LastAdmin(DomainError):
    """Without this person nobody could run the place."""

    sentence = _l("This is the last admin. Give the role to somebody else first.")


class NoSuchRole(DomainError):
    """The role does not exist, or not for that scope."""

    sentence = _l("There is no such role.")


class NotConfirmed(DomainError):
    """Whoever registered with this address has not shown that it is theirs."""

    sentence = _l("This person has not confirmed their address yet.")


class NotYourself(DomainError):
    """An act that an admin cannot do to their own account."""

    sentence = _l("You cannot do this to your own account.")


def give_role(session: Session, *, member: Member, role: Role, by: Actor | None, now: datetime) -> None:
    """Give a role; giving it twice changes nothing."""
    if role.name not in ROLES or (role.scope and role.name not in COURSE_ROLES):
        raise NoSuchRole
    if member.state == UNCONFIRMED and member.password_hash != NONE_YET:
        raise NotConfirmed
    grant = RoleGrant(
        member_id=member.id, role=role.name, scope=role.scope, granted_at=now, granted_by=by.id if by else None
    )
    try:
        with session.begin_nested():
            session.add(grant)
    except IntegrityError:
        return
    record(session, actor=by, action="role.given", now=now, subject=f"member:{member.id}", detail=_words(role))


def take_role(session: Session, *, member: Member, role: Role, by: Actor | None, now: datetime) -> None:
    """Take a role back; raises LastAdmin."""
    if role.name == ADMIN:
        keep_an_admin(session, without=member.id)
    gone = delete(RoleGrant).where(
        RoleGrant.member_id == member.id, RoleGrant.role == role.name, RoleGrant.scope == role.scope
    )
    if session.execute(gone.returning(RoleGrant.id)).first() is not None:
        record(session, actor=by, action="role.taken", now=now, subject=f"member:{member.id}", detail=_words(role))


def keep_an_admin(session: Session, *, without: int) -> None:
    """Raise LastAdmin if nobody could run the place without this member."""
    admins = set(session.scalars(queries.admins_locked()))
    if admins == {without}:
        raise LastAdmin


def suspend(session: Session, *, member: Member, by: Actor, now: datetime) -> None:
    """Shut a member out from their next request on."""
    if member.id == by.id:
        raise NotYourself
    keep_an_admin(session, without=member.id)
    member.state = SUSPENDED
    presence.end_all(session, member_id=member.id)
    record(session, actor=by, action="member.suspended", now=now, subject=f"member:{member.id}")


def restore(session: Session, *, member: Member, by: Actor, now: datetime) -> None:
    """Let a suspended member in again."""
    if member.state != SUSPENDED:
        return
    member.state = ACTIVE
    record(session, actor=by, action="member.restored", now=now, subject=f"member:{member.id}")


def _words(role: Role) -> str:
    return f"{role.name} {role.scope}".strip()
