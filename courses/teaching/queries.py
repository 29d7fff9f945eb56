"""Reads of the trainers' desk: who learns in a course, how each lesson goes, who is silent."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.cohorts.models import Cohort, CohortMember
from courses.enrolment.models import Enrolment
from courses.progress.models import LessonRecord, LessonState
from courses.quizzes.models import Attempt
from courses.teaching import stuck
from courses.teaching.models import Nudge
from courses.teaching.rules import Why
from courses.teaching.stuck import Overdue

PAGE = 50


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who takes a course."""

    id: int
    name: str
    enrolment_id: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which learners of a course are looked for; `silent_since` is the moment before which silence begins."""

    course_slug: str
    silent_since: datetime
    cohort_id: int | None = None
    words: str = ""
    why: Why | None = None
    overdue: tuple[Overdue, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonCount:
    """How a lesson goes: how many finished it, wait for a trainer, failed so far; the mean of the best scores."""

    done: int
    waiting: int
    failed: int
    mean: int | None


def learners(session: Session, wanted: Wanted, *, after: int = 0, most: int = PAGE) -> list[Learner]:
    """These learners in the order they came, after this enrolment: one page and one more."""
    query = (
        _of(wanted)
        .with_only_columns(Member.id, Member.display_name, Enrolment.id.label("enrolment_id"))
        .where(Enrolment.id > after)
        .order_by(Enrolment.id)
        .limit(most + 1)
    )
    return [Learner(row.id, row.display_name, row.enrolment_id) for row in session.execute(query)]


def learner(session: Session, course_slug: str, member_id: int) -> Learner | None:
    """One learner of a course, whether they still take it or left."""
    row = session.execute(
        select(Member.id, Member.display_name, Enrolment.id.label("enrolment_id"))
        .join(Enrolment, Enrolment.member_id == Member.id)
        .where(Enrolment.course_slug == course_slug, Member.id == member_id)
    ).one_or_none()
    return Learner(row.id, row.display_name, row.enrolment_id) if row else None


def _of(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    query = (
        select(Member.id)
        .join(Enrolment, Enrolment.member_id == Member.id)
        .where(Enrolment.course_slug == wanted.course_slug, Enrolment.left_at.is_(None))
    )
    if wanted.cohort_id is not None:
        in_cohort = CohortMember.cohort_id == wanted.cohort_id
        query = query.join(CohortMember, CohortMember.member_id == Member.id).where(in_cohort)
    for word in wanted.words.casefold().split():
        query = query.where(func.lower(Member.display_name).contains(word, autoescape=True))
    if wanted.why is Why.SILENT:
        query = query.where(*stuck.silent(wanted.silent_since))
    if wanted.why is Why.WRONG:
        query = query.where(stuck.at_a_quiz(), ~stuck.completed())
    if wanted.why is Why.LATE:
        query = query.where(stuck.late(wanted.overdue), ~stuck.completed())
    return query


def tries_in_vain(session: Session, course_slug: str, member_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Failed attempts of these learners by lesson."""
    query = (
        select(Attempt.member_id, Attempt.lesson_key, func.count().label("tries"))
        .where(Attempt.course_slug == course_slug, Attempt.member_id.in_(member_ids), Attempt.passed.is_(False))
        .group_by(Attempt.member_id, Attempt.lesson_key)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in session.execute(query):
        found[row.member_id][row.lesson_key] = row.tries
    return found


def by_lesson(session: Session, course_slug: str, cohort_id: int | None) -> dict[str, LessonCount]:
    """How each lesson goes for those who take the course now (of one cohort)."""
    place = and_(
        Enrolment.member_id == LessonRecord.member_id,
        Enrolment.course_slug == LessonRecord.course_slug,
        Enrolment.left_at.is_(None),
    )
    query = (
        select(LessonRecord.lesson_key, LessonRecord.state, func.count().label("people"), func.avg(LessonRecord.score))
        .join(Enrolment, place)
        .where(LessonRecord.course_slug == course_slug)
        .group_by(LessonRecord.lesson_key, LessonRecord.state)
    )
    if cohort_id is not None:
        in_cohort = and_(CohortMember.member_id == LessonRecord.member_id, CohortMember.cohort_id == cohort_id)
        query = query.join(CohortMember, in_cohort)
    states: dict[str, dict[str, tuple[int, float | None]]] = defaultdict(dict)
    for key, state, people, mean in session.execute(query):
        states[key][state] = (people, float(mean) if mean is not None else None)
    return {key: _count(found) for key, found in states.items()}


def _count(states: Mapping[str, tuple[int, float | None]]) -> LessonCount:
    def people(*names: LessonState) -> int:
        return sum(states[name][0] for name in names if name in states)

    scored = [(count, mean) for count, mean in states.values() if mean is not None]
    total = sum(count for count, _ in scored)
    mean = round(sum(count * mean for count, mean in scored) / total) if total else None
    return LessonCount(
        people(LessonState.DONE, LessonState.PASSED), people(LessonState.WAITING), people(LessonState.FAILED), mean
    )


def cohort_names(session: Session, course_slug: str, member_ids: Collection[int]) -> dict[int, str]:
    """The cohort of this course each of these members is in."""
    query = (
        select(CohortMember.member_id, Cohort.name)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(Cohort.course_slug == course_slug, CohortMember.member_id.in_(member_ids))
        .order_by(Cohort.starts_on)
    )
    return {row.member_id: row.name for row in session.execute(query)}


def nudges(session: Session, course_slug: str, member_ids: Collection[int]) -> dict[int, list[Nudge]]:
    """What these learners were written, the latest first."""
    query = (
        select(Nudge)
        .where(Nudge.course_slug == course_slug, Nudge.member_id.in_(member_ids))
        .order_by(Nudge.sent_at.desc(), Nudge.id.desc())
    )
    found: dict[int, list[Nudge]] = defaultdict(list)
    for nudge in session.scalars(query):
        found[nudge.member_id].append(nudge)
    return found


def known_of(session: Session, member_id: int) -> list[dict[str, Any]]:
    """What trainers wrote to a member, for their export."""
    found = session.scalars(select(Nudge).where(Nudge.member_id == member_id).order_by(Nudge.id))
    return [{"course": each.course_slug, "at": each.sent_at.isoformat(), "text": each.text} for each in found]
