"""Reads of progress, batched: one learner or many, one course or many."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from academy.db import rows
from academy.dialects import lines_of, one_line
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
_STEPS = (
    select(
        lines_of(
            one_line(_record.c.lesson_key, _record.c.state, _record.c.score, _record.c.edition, _record.c.changed_at)
        )
    )
    .where(_record.c.member_id == _enrolment.c.member_id, _record.c.course_slug == _enrolment.c.course_slug)
    .scalar_subquery()
)
_TIERS = (
    select(lines_of(_completion.c.tier))
    .where(_completion.c.member_id == _enrolment.c.member_id, _completion.c.course_slug == _enrolment.c.course_slug)
    .scalar_subquery()
)
_STANDINGS = select(
    _enrolment.c.member_id,
    _enrolment.c.course_slug,
    _enrolment.c.enrolled_at,
    _enrolment.c.left_at,
    _enrolment.c.time_factor,
    _enrolment.c.extra_attempts,
    _enrolment.c.extensions,
    _STEPS.label("steps"),
    _TIERS.label("tiers"),
)
_OF_MEMBER = _STANDINGS.where(_enrolment.c.member_id == bindparam("member_id"))
_STANDING = _OF_MEMBER.where(_enrolment.c.course_slug == bindparam("course_slug"))
_STATES = {state.value: state for state in LessonState}


def standing_of(session: Session, member_id: int, course_slug: str) -> Standing | None:
    """How this learner stands in this course (one query)."""
    row = rows(session, _STANDING, {"member_id": member_id, "course_slug": course_slug}).one_or_none()
    return _standing(row) if row else None


def standings_of_member(session: Session, member_id: int) -> dict[str, Standing]:
    """How this learner stands in every course they ever took (one query)."""
    return {row.course_slug: _standing(row) for row in rows(session, _OF_MEMBER, {"member_id": member_id})}


def standings_in_course(
    session: Session, course_slug: str, member_ids: Collection[int] | None = None
) -> dict[int, Standing]:
    """How everybody (or these members) stand in one course (one query)."""
    query = _STANDINGS.where(_enrolment.c.course_slug == course_slug)
    if member_ids is not None:
        query = query.where(_enrolment.c.member_id.in_(member_ids))
    return {row.member_id: _standing(row) for row in rows(session, query)}


def _standing(row: Any) -> Standing:  # noqa: ANN401  a row of _STANDINGS
    done, moments = {}, []
    for line in (row.steps or "").splitlines():
        key, state, score, edition, changed_at = line.split("|")
        done[key] = Done(_STATES[state], int(score) if score else None, int(edition))
        moments.append(_moment(changed_at))
    earned = frozenset(Tier(tier) for tier in (row.tiers or "").splitlines())
    allowed = allowance_in(row.time_factor, row.extra_attempts, row.extensions)
    return Standing(row.enrolled_at, row.left_at, done, tuple(moments), earned, allowed)


def _moment(text: str) -> datetime:
    """A moment as either database writes it: SQLite keeps UTC without saying so."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


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
