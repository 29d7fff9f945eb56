"""Reads of the trainers' desk: who learns in a course, and since when nothing was heard of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.cohorts.models import CohortMember
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonRecord
from courses.progress.rules import Tier

PAGE = 50


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who takes a course."""

    id: int
    name: str
    enrolment_id: int


def learners(
    session: Session, course_slug: str, *, cohort_id: int | None, after: int, most: int = PAGE
) -> list[Learner]:
    """Learners of a course (of one cohort) in the order they came, after this enrolment: one page and one more."""
    query = (
        select(Member.id, Member.display_name, Enrolment.id.label("enrolment_id"))
        .join(Enrolment, Enrolment.member_id == Member.id)
        .where(Enrolment.course_slug == course_slug, Enrolment.left_at.is_(None), Enrolment.id > after)
        .order_by(Enrolment.id)
        .limit(most + 1)
    )
    if cohort_id is not None:
        query = query.join(CohortMember, CohortMember.member_id == Member.id).where(CohortMember.cohort_id == cohort_id)
    return [Learner(row.id, row.display_name, row.enrolment_id) for row in session.execute(query)]


def silent(session: Session, course_slugs: Collection[str], since: datetime) -> dict[str, int]:
    """For each of these courses: how many learners who have not completed it took no step since that moment."""
    latest = (
        select(func.max(LessonRecord.changed_at))
        .where(LessonRecord.member_id == Enrolment.member_id, LessonRecord.course_slug == Enrolment.course_slug)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    completed = exists().where(
        Completion.member_id == Enrolment.member_id,
        Completion.course_slug == Enrolment.course_slug,
        Completion.tier == Tier.COMPLETION,
    )
    rows = session.execute(
        select(Enrolment.course_slug, func.count())
        .where(
            Enrolment.course_slug.in_(course_slugs),
            Enrolment.left_at.is_(None),
            func.coalesce(latest, Enrolment.enrolled_at) < since,
            ~completed,
        )
        .group_by(Enrolment.course_slug)
    )
    return {slug: count for slug, count in rows}  # noqa: C416  rows are not pairs to the type checker
