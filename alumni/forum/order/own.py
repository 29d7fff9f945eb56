"""Places that make themselves: each course, cohort and group has one of its own, put away when it is over and quiet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import db
from alumni.forum.order import rules
from alumni.forum.places import circles, service
from alumni.forum.places.service import Outline
from alumni.forum.topics.models import Topic
from alumni.graduates import queries as graduates
from alumni.groups import queries as groups
from alumni.groups.models import State
from courses import facts

EVERY = timedelta(minutes=5)
STANDS: dict[str, int] = {circles.COURSE: 100, circles.COHORT: 200, circles.GROUP: 300}
"""Where such places stand among the others."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place there should be: whose it is, and since when what it belongs to is over (None: it is not)."""

    circle: str
    outline: Outline
    over_since: date | None = None


def keep_up(_values: object, now: datetime) -> None:
    """Let the worker look after them."""
    with db.the_database().transaction() as session:
        keep_places(session, now)


def keep_places(session: Session, now: datetime) -> None:
    """Make what is missing, follow new names, put away what is over and quiet."""
    latest = _latest(session)
    for wanted in wanted_places(session):
        there = service.open_for(session, wanted.circle, wanted.outline, now)
        quiet_since = max(there.open_since, latest.get(there.id, there.open_since))
        if there.archived_at is None and rules.is_over(wanted.over_since, quiet_since, now):
            there.archived_at = now


def _latest(session: Session) -> dict[int, datetime]:
    """When somebody last wrote in each place."""
    last = select(Topic.category_id, func.max(Topic.last_posted_at)).group_by(Topic.category_id)
    return {row[0]: row[1] for row in session.execute(last)}


def wanted_places(session: Session) -> Iterator[Wanted]:
    """Every place that should be there."""
    for course in facts.courses(session):
        yield _of(circles.COURSE, course.slug, course.slug, course.title, None if course.open else date.min)
    for cohort in facts.cohorts_in(session, None):
        key = f"{graduates.COURSE_COHORT}{cohort.id}"
        yield _of(circles.COHORT, key, key, _with_year(cohort.name, cohort.year), cohort.ends_on)
    for past in graduates.past_cohorts(session):
        yield _of(circles.COHORT, past.key, past.key, _with_year(past.name, past.year), None)
    for group in groups.all_there(session):
        over = date.min if group.state == State.ARCHIVED else None
        yield _of(circles.GROUP, group.id, group.key, group.name, over)


def _with_year(name: str, year: int) -> str:
    return name if str(year) in name else f"{name} {year}"


def _of(kind: str, key: object, word: str, name: str, over_since: date | None) -> Wanted:
    circle = circles.of(kind, key)
    outline = Outline(f"{kind}-{word}"[: service.SLUG], name, circle, circle, circle, place=STANDS[kind])
    return Wanted(circle, outline, over_since)
