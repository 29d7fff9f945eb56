"""Reads of cohorts as the network knows them. A cohort's key is a short text that is the same for all its members."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import Session

from courses import facts

COURSE_COHORT = "c"


@dataclass(frozen=True, slots=True)
class NetworkCohort:
    """A cohort of the academy: its key, its name, its year."""

    key: str
    name: str
    year: int


def cohorts_of(session: Session, member_ids: Collection[int]) -> dict[int, list[NetworkCohort]]:
    """The cohorts of each of these members, newest first; whoever has none has an empty list."""
    return {
        member_id: [NetworkCohort(f"{COURSE_COHORT}{each.id}", each.name, each.year) for each in theirs]
        for member_id, theirs in facts.cohorts_of(session, member_ids).items()
    }


def keys_of(session: Session, member_id: int) -> frozenset[str]:
    """The keys of a member's cohorts."""
    return frozenset(f"{COURSE_COHORT}{number}" for number in facts.cohort_ids_of(session, member_id))


def members_of(keys: Collection[str]) -> Select[int]:
    """The numbers of all members of any of these cohorts, as a part of a larger query."""
    return facts.members_of([int(key.removeprefix(COURSE_COHORT)) for key in keys if key.startswith(COURSE_COHORT)])


def names_of(session: Session, keys: Collection[str]) -> dict[str, str]:
    """What the cohorts with these keys are called."""
    numbers = [int(key.removeprefix(COURSE_COHORT)) for key in keys if key.startswith(COURSE_COHORT)]
    return {f"{COURSE_COHORT}{number}": name for number, name in facts.cohort_names(session, numbers).items()}
