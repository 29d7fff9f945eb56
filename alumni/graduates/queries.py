"""Reads of cohorts as the network knows them. A cohort's key is a short text that is the same for all its members."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from alumni.graduates.models import CONFIRMED, EarlierGraduate, PastCohort
from courses import facts

COURSE_COHORT, PAST_COHORT = "c", "p"


@dataclass(frozen=True, slots=True)
class NetworkCohort:
    """A cohort of the academy: its key, its name, its year."""

    key: str
    name: str
    year: int


def cohorts_of(session: Session, member_ids: Collection[int]) -> dict[int, list[NetworkCohort]]:
    """The cohorts of each of these members, newest first; whoever has none has an empty list (two queries)."""
    found = {
        member_id: [NetworkCohort(f"{COURSE_COHORT}{each.id}", each.name, each.year) for each in theirs]
        for member_id, theirs in facts.cohorts_of(session, member_ids).items()
    }
    for member_id, cohort in _past(session, member_ids):
        found[member_id].append(cohort)
    return {member_id: sorted(theirs, key=lambda each: -each.year) for member_id, theirs in found.items()}


def _past(session: Session, member_ids: Collection[int]) -> Iterable[tuple[int, NetworkCohort]]:
    theirs = (
        select(EarlierGraduate.member_id, PastCohort.id, PastCohort.name, PastCohort.year)
        .join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
        .where(EarlierGraduate.member_id.in_(member_ids))
        .order_by(PastCohort.year.desc(), PastCohort.id)
        .distinct()
    )
    for row in session.execute(theirs):
        yield row.member_id, NetworkCohort(f"{PAST_COHORT}{row.id}", row.name, row.year)


def keys_of(session: Session, member_id: int) -> frozenset[str]:
    """The keys of a member's cohorts (two queries)."""
    past = session.scalars(select(EarlierGraduate.cohort_id).where(EarlierGraduate.member_id == member_id))
    courses = frozenset(f"{COURSE_COHORT}{number}" for number in facts.cohort_ids_of(session, member_id))
    return courses | {f"{PAST_COHORT}{number}" for number in past}


def members_of(keys: Collection[str]) -> Select[int]:
    """The numbers of all members of any of these cohorts, as a part of a larger query."""
    courses, past = _numbers(keys, COURSE_COHORT), _numbers(keys, PAST_COHORT)
    if not past:
        return facts.members_of(courses)
    confirmed = select(EarlierGraduate.member_id).where(
        EarlierGraduate.cohort_id.in_(past), EarlierGraduate.state == CONFIRMED
    )
    both = facts.members_of(courses).union_all(confirmed).subquery() if courses else confirmed.subquery()
    return select(both.c.member_id)


def names_of(session: Session, keys: Collection[str]) -> dict[str, str]:
    """What the cohorts with these keys are called (two queries)."""
    past = select(PastCohort.id, PastCohort.name).where(PastCohort.id.in_(_numbers(keys, PAST_COHORT)))
    courses = facts.cohort_names(session, _numbers(keys, COURSE_COHORT))
    return {
        **{f"{COURSE_COHORT}{number}": name for number, name in courses.items()},
        **{f"{PAST_COHORT}{row.id}": row.name for row in session.execute(past)},
    }


def _numbers(keys: Collection[str], kind: str) -> list[int]:
    return [int(key[1:]) for key in keys if key.startswith(kind) and key[1:].isdecimal()]


def confirmed_since(session: Session, member_ids: Collection[int]) -> list[tuple[int, datetime]]:
    """Which of these members are earlier graduates, and since when that is confirmed: a reason to be an alumnus."""
    theirs = select(EarlierGraduate.member_id, EarlierGraduate.answered_at).where(
        EarlierGraduate.member_id.in_(member_ids), EarlierGraduate.state == CONFIRMED
    )
    return [(row.member_id, row.answered_at) for row in session.execute(theirs)]
