"""Lists of cases: the queue, what was decided, what somebody reported, what was decided about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from academy.dialects import in_so_many_words
from alumni.moderation.models import DECIDED, IN_REVIEW, OPEN, REPORTED, Case, Report

PAGE = 30
Place = Literal["reports", "reviews", "appeals", "decided"]
PLACES: tuple[Place, ...] = ("reports", "reviews", "appeals", "decided")


@dataclass(frozen=True, slots=True)
class Wish:
    """Which cases are asked for: a place of the queue, perhaps one kind or one reason, after some position."""

    place: Place
    kind: str = ""
    reason: str = ""
    after: tuple[int, int] = (-1, 0)


def _in(place: Place) -> ColumnElement[bool]:
    if place == "appeals":
        return Case.appeal == in_so_many_words("open")
    if place == "decided":
        return and_(Case.state == DECIDED, Case.appeal != "open")
    return and_(Case.state == OPEN, Case.origin == (REPORTED if place == "reports" else IN_REVIEW))


def _not_of(moderator_id: int) -> ColumnElement[bool]:
    """Cases that are neither about this moderator nor reported by them."""
    own = select(Report.case_id).where(Report.reporter_id == moderator_id)
    return and_(or_(Case.owner_id.is_(None), Case.owner_id != moderator_id), Case.id.not_in(own))


def cases(session: Session, moderator_id: int, wish: Wish) -> list[Case]:
    """A page and one more: what waits with the urgent and then the oldest first, what was decided newest first."""
    found = select(Case).where(_in(wish.place), _not_of(moderator_id)).limit(PAGE + 1)
    if wish.kind:
        found = found.where(Case.kind == wish.kind)
    if wish.reason:
        found = found.where(Case.id.in_(select(Report.case_id).where(Report.reason == wish.reason)))
    return list(session.scalars(_after(found, wish)))


def _after(found: Select[Case], wish: Wish) -> Select[Case]:
    rank, number = wish.after
    if wish.place == "decided":
        found = found.where(Case.id < number) if number else found
        return found.order_by(Case.id.desc())
    return found.where(tuple_(Case.rank, Case.id) > tuple_(rank, number)).order_by(Case.rank, Case.id)


def counts(session: Session, moderator_id: int) -> dict[Place, int]:
    """How much waits in each place for this moderator."""
    waiting: tuple[Place, ...] = ("reports", "reviews", "appeals")
    columns = [
        select(func.count()).select_from(Case).where(_in(place), _not_of(moderator_id)).scalar_subquery().label(place)
        for place in waiting
    ]
    row = session.execute(select(*columns)).one()
    return dict(zip(waiting, row, strict=True))


def waiting(session: Session) -> int:
    """How much waits in all."""
    either = or_(Case.state == OPEN, Case.appeal == in_so_many_words("open"))
    return session.scalar(select(func.count()).select_from(Case).where(either)) or 0


def reasons_of(session: Session, case_ids: Collection[int]) -> dict[int, list[str]]:
    """Which reasons were given for each of these cases."""
    reasons: dict[int, list[str]] = {}
    found = select(Report.case_id, Report.reason).where(Report.case_id.in_(case_ids)).order_by(Report.id)
    for case_id, reason in session.execute(found):
        theirs = reasons.setdefault(case_id, [])
        if reason not in theirs:
            theirs.append(reason)
    return reasons


def earlier_of(session: Session, case: Case) -> int:
    """How many decisions there were about the same owner before that stand."""
    stands = (Case.state == DECIDED, Case.on_person != "", Case.appeal != "granted")
    about = select(func.count()).select_from(Case).where(Case.owner_id == case.owner_id, Case.id != case.id, *stands)
    return (session.scalar(about) or 0) if case.owner_id is not None else 0


@dataclass(frozen=True, slots=True)
class Own:
    """A report somebody made, with the case it went into."""

    report: Report
    case: Case


def own_reports(session: Session, member_id: int, before: int) -> list[Own]:
    """A page and one more of what a member reported, the newest first."""
    theirs = select(Report, Case).join(Case, Case.id == Report.case_id).where(Report.reporter_id == member_id)
    if before:
        theirs = theirs.where(Report.id < before)
    return [Own(*row) for row in session.execute(theirs.order_by(Report.id.desc()).limit(PAGE + 1))]


def decisions_about(session: Session, member_id: int) -> Sequence[Case]:
    """The latest cases about a member of which they know: with consequences, or of what they sent in."""
    known = or_(Case.origin == IN_REVIEW, Case.told_at.is_not(None))
    theirs = select(Case).where(Case.owner_id == member_id, known).order_by(Case.id.desc())
    return session.scalars(theirs.limit(PAGE)).all()
