"""Reads of cohorts."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.cohorts.models import Cohort, CohortMember


@dataclass(frozen=True, slots=True)
class Counted:
    """A cohort and how many people are in it."""

    cohort: Cohort
    people: int


def cohorts(session: Session, course_slug: str | None = None) -> list[Counted]:
    """Every cohort (of a course), the newest intake first."""
    people = (
        select(func.count())
        .where(CohortMember.cohort_id == Cohort.id)
        .correlate(Cohort)
        .scalar_subquery()
    )
    query = select(Cohort, people).order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    if course_slug is not None:
        query = query.where(Cohort.course_slug == course_slug)
    return [Counted(cohort, count) for cohort, count in session.execute(query)]


def cohort_by_id(session: Session, cohort_id: int) -> Cohort | None:
    """A cohort by its number."""
    return session.get(Cohort, cohort_id)


def cohorts_of(session: Session, member_ids: Collection[int], course_slug: str) -> dict[int, Cohort]:
    """The newest cohort of this course that each of these members belongs to."""
    rows = session.execute(
        select(CohortMember.member_id, Cohort)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(CohortMember.member_id.in_(member_ids), Cohort.course_slug == course_slug)
        .order_by(Cohort.starts_on)
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
    rows = session.execute(
        select(Member.id, Member.display_name, Member.email)
        .join(CohortMember, CohortMember.member_id == Member.id)
        .where(CohortMember.cohort_id == cohort_id)
        .order_by(Member.display_name, Member.id)
    )
    return [(row.id, row.display_name, row.email) for row in rows]


def member_ids_by_email(session: Session, keys: Collection[str]) -> dict[str, int]:
    """The members with these addresses (as compared), by address."""
    rows = session.execute(select(Member.email_key, Member.id).where(Member.email_key.in_(keys)))
    return {key: member_id for key, member_id in rows}  # noqa: C416
