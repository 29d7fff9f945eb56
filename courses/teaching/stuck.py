"""Who is stuck, as the database tells it: conditions on a place in a course, and how many there are of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonRecord, LessonState
from courses.progress.rules import Tier
from courses.quizzes.models import Attempt
from courses.teaching.rules import WRONG_TRIES


@dataclass(frozen=True, slots=True)
class Overdue:
    """A task that is late for whoever joined before this moment, handed nothing in and was given no later day."""

    lesson_key: str
    joined_before: datetime
    now: datetime


def late(tasks: Collection[Overdue]) -> ColumnElement[bool]:
    """Whether one of these tasks is late for whoever has the place."""
    return or_(false(), *(_late_at(each) for each in tasks))


def _late_at(task: Overdue) -> ColumnElement[bool]:
    later_day = Enrolment.extensions[task.lesson_key].as_string()  # ISO texts in UTC: they sort as their moments do
    handed_in = exists().where(
        LessonRecord.member_id == Enrolment.member_id,
        LessonRecord.course_slug == Enrolment.course_slug,
        LessonRecord.lesson_key == task.lesson_key,
    )
    return and_(
        Enrolment.enrolled_at < task.joined_before,
        func.coalesce(later_day, "") < task.now.astimezone(UTC).isoformat(),
        ~handed_in,
    )


def silent(since: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether whoever has the place took no step since that moment, and is not done."""
    latest = (
        select(func.max(LessonRecord.changed_at))
        .where(LessonRecord.member_id == Enrolment.member_id, LessonRecord.course_slug == Enrolment.course_slug)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    return func.coalesce(latest, Enrolment.enrolled_at) < since, ~completed()


def completed() -> ColumnElement[bool]:
    """Whether whoever has the place completed the course."""
    return exists().where(
        Completion.member_id == Enrolment.member_id,
        Completion.course_slug == Enrolment.course_slug,
        Completion.tier == Tier.COMPLETION,
    )


def at_a_quiz() -> ColumnElement[bool]:
    """Whether whoever has the place fails a quiz again and again."""
    in_vain = (
        select(func.count())
        .where(
            Attempt.member_id == LessonRecord.member_id,
            Attempt.course_slug == LessonRecord.course_slug,
            Attempt.lesson_key == LessonRecord.lesson_key,
            Attempt.passed.is_(False),
        )
        .correlate(LessonRecord)
        .scalar_subquery()
    )
    return exists().where(
        LessonRecord.member_id == Enrolment.member_id,
        LessonRecord.course_slug == Enrolment.course_slug,
        LessonRecord.state == LessonState.FAILED,
        in_vain >= WRONG_TRIES,
    )


def by_course(session: Session, overdue: Mapping[str, Collection[Overdue]], since: datetime) -> dict[str, int]:
    """How many learners of each course fail a quiz again and again, are late, or took no step since that moment."""
    no_step = and_(*silent(since))
    overdue_there = [and_(Enrolment.course_slug == slug, late(tasks)) for slug, tasks in overdue.items() if tasks]
    rows = session.execute(
        select(Enrolment.course_slug, func.count())
        .where(
            Enrolment.course_slug.in_(overdue),
            Enrolment.left_at.is_(None),
            or_(no_step, and_(or_(at_a_quiz(), *overdue_there), ~completed())),
        )
        .group_by(Enrolment.course_slug)
    )
    return {slug: count for slug, count in rows}  # noqa: C416  rows are not pairs to the type checker
