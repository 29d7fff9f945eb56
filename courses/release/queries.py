"""Reads of release: what was said for learners and cohorts, and what learners began."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from flask import current_app
from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Table,
    bindparam,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy import cast as as_type
from sqlalchemy.orm import Session

from academy.db import rows
from academy.people.models import Member
from courses.cohorts.models import Cohort, CohortMember
from courses.release import begun
from courses.release.models import WHOLE_COURSE, ReleaseOverride
from courses.release.rules import Change, Facts, most_generous

MINE, COHORT, BEGUN = "mine", "cohort", "begun"
MOST_SHOWN = 200
_override, _in_cohort = (cast("Table", model.__table__) for model in (ReleaseOverride, CohortMember))
_SLUGS: BindParameter[Any] = bindparam("slugs", expanding=True)
_MEMBERS: BindParameter[Any] = bindparam("members", expanding=True)


@dataclass(slots=True)
class _Heap:
    """What is found about one learner in one course, before it is weighed up."""

    mine: dict[str, Change] = field(default_factory=dict)
    cohorts: dict[str, list[Change]] = field(default_factory=dict)
    shifts: list[int] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)

    def facts(self) -> Facts:
        """The same, weighed up."""
        cohort = {target: most_generous(changes) for target, changes in self.cohorts.items()}
        return Facts(self.mine, cohort, min(self.shifts, default=0), frozenset(self.begun))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said instead of a rule, with the name of whom it is for."""

    id: int
    target: str
    opens_on: date | None
    shift_days: int | None
    member_id: int | None
    cohort_id: int | None
    name: str


def facts_of(
    session: Session, course_slugs: Collection[str], member_ids: Collection[int]
) -> Mapping[tuple[int, str], Facts]:
    """What concerns each of these members in each of these courses (one query); who is left out has nothing."""
    heaps: dict[tuple[int, str], _Heap] = {}
    for row in rows(session, _statement(), {"slugs": [*course_slugs], "members": [*member_ids]}):
        _add(heaps.setdefault((row.member_id, row.course_slug), _Heap()), row)
    return {key: heap.facts() for key, heap in heaps.items()}


def _add(heap: _Heap, row: Any) -> None:  # noqa: ANN401  a row of _statement
    if row.what == BEGUN:
        heap.begun.add(row.target)
    elif row.what == MINE:
        heap.mine[row.target] = Change(row.opens_on)
    elif row.target == WHOLE_COURSE:
        heap.shifts.append(row.shift_days)
    else:
        heap.cohorts.setdefault(row.target, []).append(Change(row.opens_on))


def _statement() -> CompoundSelect[Any]:
    """Everything in one query; it is put together once, when all features are there."""
    built: CompoundSelect[Any] | None = current_app.extensions.get("courses.release.statement")
    if built is None:
        built = union_all(_mine(), _of_cohorts(), *map(_of_begun, begun.registered()))
        current_app.extensions["courses.release.statement"] = built
    return built


def _mine() -> Select[Any]:
    said = (_override.c.course_slug, _override.c.target, _override.c.opens_on, _override.c.shift_days)
    return select(literal(MINE).label("what"), _override.c.member_id, *said).where(
        _override.c.course_slug.in_(_SLUGS), _override.c.member_id.in_(_MEMBERS)
    )


def _of_cohorts() -> Select[Any]:
    said = (_override.c.course_slug, _override.c.target, _override.c.opens_on, _override.c.shift_days)
    return (
        select(literal(COHORT).label("what"), _in_cohort.c.member_id, *said)
        .join(_in_cohort, _in_cohort.c.cohort_id == _override.c.cohort_id)
        .where(_override.c.course_slug.in_(_SLUGS), _in_cohort.c.member_id.in_(_MEMBERS))
    )


def _of_begun(query: Select[Any]) -> Select[Any]:
    member_id, course_slug, lesson_key = query.selected_columns
    nothing = (as_type(null(), Date).label("opens_on"), as_type(null(), Integer).label("shift_days"))
    return query.with_only_columns(
        literal(BEGUN).label("what"), member_id, course_slug, lesson_key.label("target"), *nothing
    ).where(course_slug.in_(_SLUGS), member_id.in_(_MEMBERS))


def said_for_cohorts(session: Session, course_slug: str) -> list[Said]:
    """What was said for cohorts of a course, the newest intake first."""
    query = select(ReleaseOverride, Cohort.name).join(Cohort, Cohort.id == ReleaseOverride.cohort_id)
    found = query.where(ReleaseOverride.course_slug == course_slug).order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    return _said(session.execute(found))


def said_for_learners(session: Session, course_slug: str, member_id: int | None = None) -> list[Said]:
    """What was said for learners of a course (or for one of them), the newest first; so many at most."""
    query = select(ReleaseOverride, Member.display_name).join(Member, Member.id == ReleaseOverride.member_id)
    query = query.where(ReleaseOverride.course_slug == course_slug)
    if member_id is not None:
        query = query.where(ReleaseOverride.member_id == member_id)
    return _said(session.execute(query.order_by(ReleaseOverride.id.desc()).limit(MOST_SHOWN)))


def _said(found: Iterable[Any]) -> list[Said]:
    return [
        Said(row.id, row.target, row.opens_on, row.shift_days, row.member_id, row.cohort_id, name)
        for row, name in found
    ]


def anything_said(session: Session, course_slug: str) -> bool:
    """Whether there is anything said about a course."""
    query = select(ReleaseOverride.id).where(ReleaseOverride.course_slug == course_slug).limit(1)
    return session.scalar(query) is not None


def override_of(session: Session, course_slug: str, number: int) -> ReleaseOverride | None:
    """One of the things said about a course, which nobody else changes until the transaction ends."""
    query = select(ReleaseOverride).where(ReleaseOverride.id == number, ReleaseOverride.course_slug == course_slug)
    return session.scalars(query.with_for_update()).one_or_none()


def known_of(session: Session, member_id: int) -> list[dict[str, Any]]:
    """What was said for a member, for their export."""
    query = select(ReleaseOverride).where(ReleaseOverride.member_id == member_id).order_by(ReleaseOverride.id)
    return [
        {
            "course": each.course_slug,
            "lesson_or_module": each.target,
            "opens_on": each.opens_on.isoformat() if each.opens_on else "at once",
            "set_at": each.set_at.isoformat(),
        }
        for each in session.scalars(query)
    ]
