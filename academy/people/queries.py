"""Reads for the pages of people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Select, Table, bindparam, func, select
from sqlalchemy.orm import Session

from academy.db import rows
from academy.dialects import lines_of, one_line
from academy.people.actor import ADMIN, Actor, Role
from academy.people.models import ACTIVE, ERASED, Member, RecoveryCode, RoleGrant, SecondFactorLift, SignIn

PAGE = 30

# Plain tables: these are asked before every page and at every sign-in, and rows are enough.
_member, _grant = (cast("Table", model.__table__) for model in (Member, RoleGrant))
ROLES = (
    select(lines_of(one_line(_grant.c.role, _grant.c.scope)))
    .where(_grant.c.member_id == _member.c.id)
    .correlate(_member)
    .scalar_subquery()
    .label("roles")
)
_KNOWN = select(
    _member.c.id,
    _member.c.email_key,
    _member.c.password_hash,
    _member.c.state,
    _member.c.display_name,
    _member.c.language,
    _member.c.is_demo,
    _member.c.totp_seed.is_not(None).label("has_second_factor"),
    ROLES,
)
_KNOWN_BY_KEY = _KNOWN.where(_member.c.email_key == bindparam("email_key"))
_KNOWN_BY_ID = _KNOWN.where(_member.c.id == bindparam("member_id"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an account when somebody signs in to it."""

    email_key: str
    password_hash: str
    state: str
    is_demo: bool
    has_second_factor: bool
    actor: Actor


@dataclass(frozen=True, slots=True)
class Found:
    """One page of people and where the next one begins."""

    members: Sequence[Member]
    next_before: int | None


def member(session: Session, member_id: int) -> Member | None:
    """A member who was not erased."""
    return session.scalar(select(Member).where(Member.id == member_id, Member.state != ERASED))


def member_by_key(session: Session, email_key: str) -> Member | None:
    """The member with this address, in whatever state."""
    return session.scalar(select(Member).where(Member.email_key == email_key))


def names_of(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """Display names by member."""
    rows = session.execute(select(Member.id, Member.display_name).where(Member.id.in_(member_ids)))
    return {row.id: row.display_name for row in rows}


def search(session: Session, *, words: str, before: int | None = None, role: str = "") -> Found:
    """People whose names or address hold every word, newest first."""
    wanted = select(Member).where(Member.state != ERASED).order_by(Member.id.desc()).limit(PAGE + 1)
    for word in words.casefold().split():
        wanted = wanted.where(Member.search_key.contains(word, autoescape=True))
    if before is not None:
        wanted = wanted.where(Member.id < before)
    if role:
        wanted = wanted.where(Member.id.in_(select(RoleGrant.member_id).where(RoleGrant.role == role)))
    members = session.scalars(wanted).all()
    return Found(members[:PAGE], members[PAGE - 1].id if len(members) > PAGE else None)


def roles_of(session: Session, member_ids: Collection[int]) -> dict[int, list[RoleGrant]]:
    """Roles by member."""
    grants: dict[int, list[RoleGrant]] = {}
    found = select(RoleGrant).where(RoleGrant.member_id.in_(member_ids)).order_by(RoleGrant.role, RoleGrant.scope)
    for grant in session.scalars(found):
        grants.setdefault(grant.member_id, []).append(grant)
    return grants


def known(session: Session, *, email_key: str = "", member_id: int = 0) -> Known | None:
    """The account with this address, or of this member, in whatever state (one query)."""
    query, value = (_KNOWN_BY_KEY, {"email_key": email_key}) if email_key else (_KNOWN_BY_ID, {"member_id": member_id})
    row = rows(session, query, value).one_or_none()
    if row is None:
        return None
    actor = Actor(id=row.id, display_name=row.display_name, language=row.language, roles=roles_in(row.roles))
    return Known(row.email_key, row.password_hash, row.state, row.is_demo, bool(row.has_second_factor), actor)


def roles_in(lines: str | None) -> frozenset[Role]:
    """The roles as `ROLES` reads them, a line each."""
    if not lines:
        return frozenset()
    return frozenset(Role(*line.split("|", 1)) for line in lines.split("\n"))


def as_actor(session: Session, member: Member) -> Actor:
    """A member as the one who acts, where a letter or a password stands in for a sign-in."""
    held = frozenset(Role(grant.role, grant.scope) for grant in roles_of(session, [member.id]).get(member.id, []))
    return Actor(
        id=member.id,
        display_name=member.display_name,
        language=member.language,
        time_zone=member.time_zone,
        roles=held,
        is_alumnus=member.alumnus_since is not None,
    )


def has_role(session: Session, member_id: int) -> bool:
    """Whether a member holds any role."""
    return session.scalar(select(RoleGrant.id).where(RoleGrant.member_id == member_id).limit(1)) is not None


def sign_ins_of(session: Session, member_id: int, now: datetime) -> Sequence[SignIn]:
    """Devices that are signed in, the latest seen first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.member_id == member_id, SignIn.expires_at > now, SignIn.idle_until > now)
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()


def recovery_codes_left(session: Session, member_id: int) -> int:
    """How many recovery codes still work."""
    unused = select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def lift_of(session: Session, member_id: int) -> SecondFactorLift | None:
    """The request to lift this member's second factor, if one waits for a second admin."""
    return session.scalar(select(SecondFactorLift).where(SecondFactorLift.member_id == member_id))


def admins_locked() -> Select[int]:
    """The grants of admins who can act, locked until the transaction ends so that two cannot remove each other."""
    return (
        select(RoleGrant.member_id)
        .join(Member, Member.id == RoleGrant.member_id)
        .where(RoleGrant.role == ADMIN, Member.state == ACTIVE)
        .with_for_update()
    )
