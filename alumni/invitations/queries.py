"""Reads of claims, and of how many of a cohort are here."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.few import enough
from academy.people.models import ACTIVE, Member
from alumni.graduates.queries import members_of
from alumni.invitations.models import OPEN, PlaceClaim


def here(session: Session, keys: Collection[str]) -> int:
    """How many alumni of these cohorts have an account; fewer than five are not counted."""
    alumni = Member.state == ACTIVE, Member.alumnus_since.is_not(None)
    count = session.scalar(select(func.count()).where(Member.id.in_(members_of(keys)), *alumni)) or 0
    return enough(count) or 0


def latest_of(session: Session, member_id: int) -> PlaceClaim | None:
    """What a member asked for last."""
    theirs = select(PlaceClaim).where(PlaceClaim.member_id == member_id)
    return session.scalars(theirs.order_by(PlaceClaim.id.desc()).limit(1)).one_or_none()


def all_of(session: Session, member_id: int) -> Sequence[PlaceClaim]:
    """Everything a member asked for."""
    return session.scalars(select(PlaceClaim).where(PlaceClaim.member_id == member_id).order_by(PlaceClaim.id)).all()


def waiting(session: Session) -> Sequence[PlaceClaim]:
    """Claims without an answer, the oldest first; more than a page of them never wait for long."""
    return session.scalars(select(PlaceClaim).where(PlaceClaim.state == OPEN).order_by(PlaceClaim.id).limit(50)).all()


def count_waiting(session: Session) -> int:
    """How many claims wait for an answer."""
    return session.scalar(select(func.count()).where(PlaceClaim.state == OPEN)) or 0


def claim(session: Session, number: int, *, locked: bool = False) -> PlaceClaim | None:
    """One claim; locked, of two answers at once the second sees the first."""
    wanted = select(PlaceClaim).where(PlaceClaim.id == number)
    return session.scalar(wanted.with_for_update() if locked else wanted)
