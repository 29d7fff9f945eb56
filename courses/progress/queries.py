"""Reads of progress, batched: one learner or many, one course or many."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Executable, Table, and_, bindparam, select
from sqlalchemy.orm import Session

from academy.db import rows
from courses.enrolment.allowances import NONE, Allowance, allowance_in
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonRecord, LessonState
from courses.progress.rules import Done, Tier


@dataclass(frozen=True, slots=True)
class Standing:
    """How one learner stands in one course: since when, what is done, when each step was, what is earned."""

    enrolled_at: datetime
    left_at: datetime | None
    done: Mapping[str, Done] = field(default_factory=dict)
    moments: tuple[datetime, ...] = ()
    earned: frozenset[Tier] = frozenset()
    allowance: Allowance = NONE

    @property
    def latest(self) -> datetime:
        """The moment of the latest step: a lesson done, or else the enrolment."""
        return max(self.moments, default=self.enrolled_at)

    @property
    def active(self) -> bool:
        """Whether the place is taken now."""
        return self.left_at is None


_enrolment, _record, _completion = (cast("Table", model.__table__) for model in (Enrolment, LessonRecord, Completion))
_STANDINGS = select(
    _enrolment.c.member_id,
    _enrolment.c.course_slug,
    _enrolment.c.enrolled_at,
    _enrolment.c.left_at,
    _enrolment.c.time_factor,
    _enrolment.c.extra_attempts,
    _enrolment.c.extensions,
    _record.c.lesson_key,
    _record.c.state,
    _record.c.score,
    _record.c.edition,
    _record.c.changed_at,
).outerjoin(
    _record,
    and_(_record.c.member_id == _enrolment.c.member_id, _record.c.course_slug == _enrolment.c.course_slug),
)
_STANDING = _STANDINGS.where(
    _enrolment.c.member_id == bindparam("member_id"), _enrolment.c.course_slug == bindparam("course_slug")
)
_OF_MEMBER = _STANDINGS.where(_enrolment.c.member_id == bindparam("member_id"))
_EARNED = select(_completion.c.member_id, _completion.c.course_slug, _completion.c.tier)
_EARNED_BY_MEMBER = _EARNED.where(_completion.c.member_id == bindparam("member_id"))
_EARNED_BY = _EARNED_BY_MEMBER.where(_completion.c.course_slug == bindparam("course_slug"))


def standing_of(session: Session, member_id: int, course_slug: str) -> Standing | None:
    """How this learner stands in this course (one query; what is earned is not looked up)."""
    found = rows(session, _STANDING, {"member_id": member_id, "course_slug": course_slug}).all()
    return _standing(found, frozenset()) if found else None


def earned_by(session: Session, member_id: int, course_slug: str) -> frozenset[Tier]:
    """What this learner has earned in this course, under the rules of its day."""
    found = _earned(session, _EARNED_BY, {"member_id": member_id, "course_slug": course_slug})
    return found.get((member_id, course_slug), frozenset())


def standings_of_member(session: Session, member_id: int) -> dict[str, Standing]:
    """How this learner stands in every course they ever took, with what is earned (two queries)."""
    earned = _earned(session, _EARNED_BY_MEMBER, {"member_id": member_id})
    standings = _standings(session, _OF_MEMBER, earned, {"member_id": member_id})
    return {slug: standing for (_, slug), standing in standings.items()}


def standings_in_course(
    session: Session, course_slug: str, member_ids: Collection[int] | None = None
) -> dict[int, Standing]:
    """How everybody (or these members) stand in one course, with what is earned (two queries)."""
    query, earned_query = (
        _STANDINGS.where(Enrolment.course_slug == course_slug),
        _EARNED.where(Completion.course_slug == course_slug),
    )
    if member_ids is not None:
        query = query.where(Enrolment.member_id.in_(member_ids))
        earned_query = earned_query.where(Completion.member_id.in_(member_ids))
    standings = _standings(session, query, _earned(session, earned_query))
    return {member_id: standing for (member_id, _), standing in standings.items()}


def _earned(
    session: Session, query: Executable, parameters: Mapping[str, object] | None = None
) -> dict[tuple[int, str], frozenset[Tier]]:
    tiers: dict[tuple[int, str], set[Tier]] = defaultdict(set)
    for row in rows(session, query, parameters):
        tiers[row.member_id, row.course_slug].add(Tier(row.tier))
    return {key: frozenset(each) for key, each in tiers.items()}


def _standings(
    session: Session,
    query: Executable,
    earned: Mapping[tuple[int, str], frozenset[Tier]],
    parameters: Mapping[str, object] | None = None,
) -> dict[tuple[int, str], Standing]:
    steps = defaultdict(list)
    for row in rows(session, query, parameters):
        steps[row.member_id, row.course_slug].append(row)
    return {key: _standing(found, earned.get(key, frozenset())) for key, found in steps.items()}


def _standing(steps: Sequence[Any], earned: frozenset[Tier]) -> Standing:
    did = [row for row in steps if row.lesson_key is not None]
    done = {row.lesson_key: Done(LessonState(row.state), row.score, row.edition) for row in did}
    moments = tuple(row.changed_at for row in did)
    place = steps[0]
    allowed = allowance_in(place.time_factor, place.extra_attempts, place.extensions)
    return Standing(place.enrolled_at, place.left_at, done, moments, earned, allowed)


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """What a member did in lessons and completed, for their export."""
    did = session.scalars(
        select(LessonRecord)
        .where(LessonRecord.member_id == member_id)
        .order_by(LessonRecord.course_slug, LessonRecord.lesson_key)
    )
    finished = session.scalars(select(Completion).where(Completion.member_id == member_id))
    return {
        "lessons": [
            {
                "course": each.course_slug,
                "lesson": each.lesson_key,
                "state": each.state,
                "best_score": each.score,
                "edition": each.edition,
                "at": each.changed_at.isoformat(),
            }
            for each in did
        ],
        "completed": [
            {"course": each.course_slug, "tier": each.tier, "at": each.completed_at.isoformat()} for each in finished
        ],
    }
