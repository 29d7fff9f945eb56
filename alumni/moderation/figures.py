"""What moderators did in a year, in figures that name nobody: whatever happened to fewer than five is not told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from academy.few import enough
from alumni.moderation.models import DECIDED, REPORTED, Case, Report


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one year by word; None where there were some, but fewer than five."""

    reports: Mapping[str, int | None]
    things: Mapping[str, int | None]
    persons: Mapping[str, int | None]
    appeals: Mapping[str, int | None]


def of_year(session: Session, year: int) -> Figures:
    """The figures of a calendar year in UTC."""
    begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    reported = select(Report.reason, func.count()).where(Report.made_at >= begin, Report.made_at < end)
    decided = (Case.state == DECIDED, Case.decided_at >= begin, Case.decided_at < end, Case.origin == REPORTED)

    def by(column: InstrumentedAttribute[str]) -> dict[str, int | None]:
        return _told(session, select(column, func.count()).where(*decided, column != "").group_by(column))

    return Figures(
        _told(session, reported.group_by(Report.reason)), by(Case.on_thing), by(Case.on_person), by(Case.appeal)
    )


def first_year(session: Session) -> int | None:
    """The year of the first case."""
    first = session.scalar(select(func.min(Case.opened_at)))
    return first.year if first else None


def _told(session: Session, counted: object) -> dict[str, int | None]:
    return {word: enough(number) for word, number in session.execute(counted)}  # type: ignore[call-overload]
