"""Reads of moderation that other features and its own pages build on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from academy.people.actor import ADMIN, MODERATOR
from academy.people.models import ACTIVE, Member, RoleGrant
from alumni.moderation.models import IN_REVIEW, OPEN, Case, Entry, Report, Silence

MODERATORS = (
    select(RoleGrant.member_id)
    .join(Member, Member.id == RoleGrant.member_id)
    .where(RoleGrant.role.in_((MODERATOR, ADMIN)), Member.state == ACTIVE)
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Trust:
    """What is known of how long and how well somebody has belonged."""

    since: datetime | None
    accepted: int
    measured_at: datetime | None
    is_staff: bool


def trust_columns() -> tuple[ColumnElement[Any], ...]:
    """What makes up the trust in a member, as columns of a statement over members; see `Trust`."""
    accepted = select(func.count()).where(
        Case.owner_id == Member.id, Case.origin == IN_REVIEW, Case.on_thing == "approved"
    )
    measured = select(func.max(Case.decided_at)).where(
        Case.owner_id == Member.id, Case.on_person != "", Case.appeal != "granted"
    )
    staff = select(RoleGrant.id).where(RoleGrant.member_id == Member.id).exists()
    return (
        func.coalesce(Member.alumnus_since, Member.confirmed_at).label("since"),
        accepted.correlate(Member).scalar_subquery().label("accepted"),
        measured.correlate(Member).scalar_subquery().label("measured"),
        staff.label("staff"),
    )


def trust_of(session: Session, member_ids: Collection[int]) -> dict[int, Trust]:
    """How far each of these members can be trusted with writing (one query)."""
    rows = session.execute(select(Member.id, *trust_columns()).where(Member.id.in_(member_ids)))
    return {row[0]: Trust(row[1], row[2], row[3], bool(row[4])) for row in rows}


def silences(member: ColumnElement[int], now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a decision keeps a member from writing now, as a part of a larger query."""
    return exists().where(Silence.member_id == member, Silence.until > now)


def silenced_until(session: Session, member_id: int, now: datetime) -> datetime | None:
    """Until when a member may not write; None when they may."""
    return session.scalar(select(func.max(Silence.until)).where(Silence.member_id == member_id, Silence.until > now))


def is_silenced(session: Session, member_id: int, now: datetime) -> bool:
    """Whether a decision keeps this member from writing now."""
    return silenced_until(session, member_id, now) is not None


def moderators(session: Session) -> set[int]:
    """Everybody who can handle cases."""
    return set(session.scalars(MODERATORS))


def open_case(session: Session, kind: str, number: int, origin: str) -> Case | None:
    """The open case about a thing."""
    same = select(Case).where(Case.kind == kind, Case.number == number, Case.origin == origin, Case.state == OPEN)
    return session.scalar(same)


def case_by_id(session: Session, case_id: int) -> Case | None:
    """A case, or None."""
    return session.get(Case, case_id)


def reports_of(session: Session, case_id: int) -> list[Report]:
    """What members said about a thing, the first first."""
    return list(session.scalars(select(Report).where(Report.case_id == case_id).order_by(Report.id)))


def history_of(session: Session, case_id: int) -> list[Entry]:
    """What happened to a case, the first first."""
    return list(session.scalars(select(Entry).where(Entry.case_id == case_id).order_by(Entry.id)))


def reporters_of(session: Session, case_id: int) -> set[int]:
    """Who reported a thing."""
    theirs = select(Report.reporter_id).where(Report.case_id == case_id, Report.reporter_id.is_not(None))
    return {number for number in session.scalars(theirs) if number is not None}
