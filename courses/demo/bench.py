"""Many learners at once for measurements, through Core: quick, and without a story."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from academy import demonstration
from academy.people import passwords
from academy.people.models import ACTIVE, Member
from courses.catalogue.content import Kind
from courses.catalogue.library import LiveCourse
from courses.demo.cast import HOST
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonRecord, LessonState
from courses.progress.rules import Tier

PORTION = 1000
FULL = 100
PREFIX = "bench-"
Row = dict[str, Any]


def portions(session: Session, learners: int) -> Iterator[range]:
    """The numbers of the new learners, a thousand at a time, after those who are here already."""
    first = session.scalar(select(func.count()).where(Member.email_key.startswith(PREFIX))) or 0
    for start in range(first, first + learners, PORTION):
        yield range(start, min(start + PORTION, first + learners))


def add(session: Session, *, live: LiveCourse, numbers: range, now: datetime) -> None:
    """Put these learners into the course, each as far as their number says."""
    ids = _join(session, [_member(number, now) for number in numbers])
    session.execute(insert(Enrolment), [_place(member_id, live, now) for member_id in ids])
    steps = [row for member_id, number in ids.items() for row in _steps(member_id, number, live, now)]
    earned = [row for member_id, number in ids.items() for row in _earned(member_id, number, live, now)]
    _insert(session, LessonRecord, steps)
    _insert(session, Completion, earned)
    demonstration.join(session, sorted(ids), now)


def add_people(session: Session, *, numbers: range, now: datetime) -> list[int]:
    """Add these members, who have been here for up to three years; each second one is known to all features."""
    since = [now - timedelta(days=45 + number * 7 % 1000) for number in numbers]
    rows = [
        {**_member(number, at), "display_name": f"Member {number}"} for number, at in zip(numbers, since, strict=True)
    ]
    ids = sorted(_join(session, rows))
    demonstration.join(session, ids[::2], now)
    return ids


def _join(session: Session, rows: Sequence[Row]) -> dict[int, int]:
    """The numbers of new members, with the numbers their addresses carry."""
    session.execute(insert(Member), rows)
    keys = {row["email_key"]: int(row["email_key"].partition("@")[0].removeprefix(PREFIX)) for row in rows}
    found = session.execute(select(Member.id, Member.email_key).where(Member.email_key.in_(keys)))
    return {row.id: keys[row.email_key] for row in found}


def _insert(session: Session, table: type[LessonRecord | Completion], rows: Sequence[Row]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _member(number: int, now: datetime) -> Row:
    address = f"{PREFIX}{number}@{HOST}"
    name = f"Learner {number}"
    return {
        "email": address,
        "email_key": address,
        "search_key": f"{name} {address}".casefold(),
        "password_hash": passwords.NONE_YET,
        "display_name": name,
        "legal_name": name,
        "state": ACTIVE,
        "is_demo": True,
        "created_at": now,
        "confirmed_at": now,
    }


def _place(member_id: int, live: LiveCourse, now: datetime) -> Row:
    return {"member_id": member_id, "course_slug": live.slug, "enrolled_at": now - timedelta(days=60), "way": "bench"}


def _steps(member_id: int, number: int, live: LiveCourse, now: datetime) -> Iterator[Row]:
    lessons = live.course.lessons
    for turn, lesson in enumerate(lessons[: _reached(number, live)]):
        graded = lesson.kind in {Kind.QUIZ, Kind.TASK}
        yield {
            "member_id": member_id,
            "course_slug": live.slug,
            "lesson_key": lesson.key,
            "state": LessonState.PASSED if graded else LessonState.DONE,
            "score": FULL if graded else None,
            "edition": live.edition_number,
            "changed_at": now - timedelta(hours=number % 500 + len(lessons) - turn),
        }


def _earned(member_id: int, number: int, live: LiveCourse, now: datetime) -> Iterator[Row]:
    if _reached(number, live) == len(live.course.lessons):
        yield {
            "member_id": member_id,
            "course_slug": live.slug,
            "tier": Tier.COMPLETION,
            "edition": live.edition_number,
            "completed_at": now - timedelta(hours=number % 500 + 1),
        }


def _reached(number: int, live: LiveCourse) -> int:
    return number % (len(live.course.lessons) + 1)
