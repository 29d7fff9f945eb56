"""Reads of cohorts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from academy.dialects import lines_of, one_line
from academy.people.models import ACTIVE, Member
from courses.cohorts.models import Cohort, CohortMember
from courses.cohorts.paging import PAGE, Shown, page_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A cohort and how many people are in it."""

    cohort: Cohort
    people: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a cohort, as those who run the place see them."""

    id: int
    name: str
    email: str
    added_at: datetime


_PEOPLE = select(func.count()).where(CohortMember.cohort_id == Cohort.id).correlate(Cohort).scalar_subquery()
_COUNTED = select(Cohort, _PEOPLE).order_by(Cohort.starts_on.desc(), Cohort.id.desc())


def cohorts(session: Session, course_slug: str | None = None) -> list[Counted]:
    """Every cohort (of a course), the newest intake first."""
    return [Counted(cohort, count) for cohort, count in session.execute(_of_course(_COUNTED, course_slug))]


def cohorts_after(session: Session, after: int | None, course_slug: str | None = None) -> Shown[Counted]:
    """A page of cohorts (of a course), the newest intake first, after the cohort with this number."""
    query = _of_course(_COUNTED, course_slug)
    if after is not None:
        starts_on = select(Cohort.starts_on).where(Cohort.id == after).scalar_subquery()
        same_day = and_(Cohort.starts_on == starts_on, Cohort.id < after)
        query = query.where(or_(Cohort.starts_on < starts_on, same_day))
    return page_of([Counted(cohort, count) for cohort, count in session.execute(query.limit(PAGE + 1))])


def _of_course(query: Select[Any], course_slug: str | None) -> Select[Any]:
    return query if course_slug is None else query.where(Cohort.course_slug == course_slug)


def cohort_by_id(session: Session, cohort_id: int) -> Cohort | None:
    """A cohort by its number."""
    return session.get(Cohort, cohort_id)


def cohorts_by_course(session: Session, course_slugs: Collection[str]) -> dict[str, int]:
    """How many cohorts each of these courses has."""
    rows = session.execute(
        select(Cohort.course_slug, func.count())
        .where(Cohort.course_slug.in_(course_slugs))
        .group_by(Cohort.course_slug)
    )
    return {slug: count for slug, count in rows}  # noqa: C416  rows are not pairs to the type checker


def names_of(session: Session, cohort_ids: Collection[int]) -> dict[int, str]:
    """The names of these cohorts."""
    rows = session.execute(select(Cohort.id, Cohort.name).where(Cohort.id.in_(cohort_ids)))
    return {row.id: row.name for row in rows}


def cohorts_of(session: Session, member_ids: Collection[int], course_slug: str) -> dict[int, Cohort]:
    """The newest cohort of this course that each of these members belongs to."""
    rows = session.execute(
        select(CohortMember.member_id, Cohort)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(CohortMember.member_id.in_(member_ids), Cohort.course_slug == course_slug)
        .order_by(Cohort.starts_on, Cohort.id)
    )
    return {member_id: cohort for member_id, cohort in rows}  # noqa: C416  rows are not pairs to the type checker


def cohorts_by_member(session: Session, member_ids: Collection[int]) -> dict[int, list[Cohort]]:
    """All cohorts of each of these members, newest first."""
    found: dict[int, list[Cohort]] = {member_id: [] for member_id in member_ids}
    rows = session.execute(
        select(CohortMember.member_id, Cohort)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(CohortMember.member_id.in_(member_ids))
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    )
    for member_id, cohort in rows:
        found[member_id].append(cohort)
    return found


def members_of(session: Session, cohort_id: int) -> list[tuple[int, str, str]]:
    """Who is in the cohort: number, display name, e-mail; by name."""
    rows = session.execute(_people(cohort_id))
    return [(row.id, row.display_name, row.email) for row in rows]


def members_after(session: Session, cohort_id: int, after: int | None) -> Shown[Person]:
    """A page of the people of a cohort by name, after the member with this number."""
    query = _people(cohort_id)
    if after is not None:
        name = select(Member.display_name).where(Member.id == after).scalar_subquery()
        namesake = and_(Member.display_name == name, Member.id > after)
        query = query.where(or_(Member.display_name > name, namesake))
    return page_of([Person(*row) for row in session.execute(query.limit(PAGE + 1))])


def _people(cohort_id: int) -> Select[int, str, str, datetime]:
    return (
        select(Member.id, Member.display_name, Member.email, CohortMember.added_at)
        .join(CohortMember, CohortMember.member_id == Member.id)
        .where(CohortMember.cohort_id == cohort_id)
        .order_by(Member.display_name, Member.id)
    )


def ids_of(member_id: int | BindParameter[int]) -> Select[int]:
    """The numbers of a member's cohorts, as a part of a larger query."""
    return select(CohortMember.cohort_id).where(CohortMember.member_id == member_id)


def named_of(member_ids: Collection[int] | BindParameter[Sequence[int]]) -> Select[int, int, str, int]:
    """The member, number, name and year of each cohort of these members, as a part of a larger query."""
    named = select(CohortMember.member_id, Cohort.id, Cohort.name, Cohort.year)
    return named.join(Cohort, Cohort.id == CohortMember.cohort_id).where(CohortMember.member_id.in_(member_ids))


def members_in(cohort_ids: Collection[int | BindParameter[int]] | Select[int]) -> Select[int]:
    """The numbers of all members of any of these cohorts, as a part of a larger query."""
    return select(CohortMember.member_id).where(CohortMember.cohort_id.in_(cohort_ids))


def in_lines(member_id: ColumnElement[int]) -> ScalarSelect[str]:
    """The cohorts of the member in this column of a larger query: a line of number, year and name for each."""
    told = one_line(*(each.expression for each in (Cohort.id, Cohort.year, Cohort.name)))
    theirs = select(lines_of(told)).join(CohortMember, CohortMember.cohort_id == Cohort.id)
    return theirs.where(CohortMember.member_id == member_id).scalar_subquery()


def size_of(session: Session, cohort_id: int) -> int:
    """How many people are in the cohort."""
    return session.scalar(select(func.count()).where(CohortMember.cohort_id == cohort_id)) or 0


def person_in(session: Session, cohort_id: int, member_id: int) -> Person | None:
    """A member of the cohort; None if this one is not in it."""
    row = session.execute(_people(cohort_id).where(Member.id == member_id)).one_or_none()
    return Person(*row) if row else None


def present_in(session: Session, cohort_id: int, member_ids: Collection[int]) -> set[int]:
    """Which of these members are in the cohort already."""
    return set(
        session.scalars(
            select(CohortMember.member_id).where(
                CohortMember.cohort_id == cohort_id, CohortMember.member_id.in_(member_ids)
            )
        )
    )


def member_ids_by_email(session: Session, keys: Collection[str]) -> dict[str, int]:
    """The members who may come in and have these addresses (as compared), by address."""
    rows = session.execute(
        select(Member.email_key, Member.id).where(Member.email_key.in_(keys), Member.state == ACTIVE)
    )
    return {key: member_id for key, member_id in rows}  # noqa: C416


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """The cohorts of a member, for their export."""
    rows = session.execute(
        select(Cohort.course_slug, Cohort.name, Cohort.year, CohortMember.added_at)
        .join(CohortMember, CohortMember.cohort_id == Cohort.id)
        .where(CohortMember.member_id == member_id)
        .order_by(CohortMember.added_at, Cohort.id)
    )
    return {
        "cohorts": [
            {"course": row.course_slug, "name": row.name, "year": row.year, "added_at": row.added_at.isoformat()}
            for row in rows
        ]
    }


def with_numbers(session: Session, cohort_ids: Collection[int]) -> list[Cohort]:
    """The cohorts with these numbers."""
    return list(session.scalars(select(Cohort).where(Cohort.id.in_(cohort_ids)).order_by(Cohort.id)))


def places() -> Select[int, int, int]:
    """Every member with each of their cohorts and its year, as a part of a larger query."""
    theirs = select(CohortMember.member_id, CohortMember.cohort_id, Cohort.year)
    return theirs.join(Cohort, Cohort.id == CohortMember.cohort_id)
