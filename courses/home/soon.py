"""What is due in the next seven days, and what is overdue but still of use."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.lessons import dues
from courses.progress.models import LessonState
from courses.progress.queries import Standing
from courses.progress.rules import Done, finished
from courses.release.gates import Gate

AHEAD = timedelta(days=7)
MOST = 5


@dataclass(frozen=True, slots=True)
class DueSoon:
    """A lesson of a course with the day it is asked for."""

    live: LiveCourse
    lesson: Lesson
    at: datetime
    past: bool


def deadlines(
    member_id: int, mine: Iterable[tuple[LiveCourse, Standing]], gates: Mapping[str, Gate], now: datetime
) -> list[DueSoon]:
    """What is asked of a member soon or already, the most urgent first; nothing that is not open to them yet."""
    found = [
        due
        for live, standing in mine
        for due in _in_course(member_id, live, standing, now)
        if due.lesson.key not in gates[live.slug].closed
    ]
    return sorted(found, key=lambda due: due.at)[:MOST]


def _in_course(member_id: int, live: LiveCourse, standing: Standing, now: datetime) -> Iterator[DueSoon]:
    for key, lesson in live.lessons.items():
        day = dues.day_of(live, key, member_id, standing)
        if day is None or _over(standing.done.get(key)) or day.at > now + AHEAD:
            continue
        if day.shut_at is None or day.shut_at >= now:
            yield DueSoon(live, lesson, day.at, day.at < now)


def _over(did: Done | None) -> bool:
    return finished(did) or (did is not None and did.state is LessonState.WAITING)
