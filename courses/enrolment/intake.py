"""Put people into a cohort by their addresses, and give each a place in its course."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from academy.people.addresses import NotAnAddress, key_of
from courses.cohorts import queries as cohort_queries
from courses.cohorts import service as cohorts
from courses.cohorts.models import Cohort
from courses.enrolment.service import give_place


class Outcome(StrEnum):
    """What came of one address."""

    ADDED = "added"
    PRESENT = "present"
    UNKNOWN = "unknown"
    MISWRITTEN = "miswritten"


@dataclass(frozen=True, slots=True)
class Taken:
    """One address and what came of it; `member_id` is None where nobody was found."""

    address: str
    outcome: Outcome
    member_id: int | None = None


def take_in(session: Session, *, cohort: Cohort, addresses: Sequence[str], now: datetime) -> list[Taken]:
    """Add whoever has one of these addresses, each with a place in the course; says what came of each."""
    keys = {address: _key(address) for address in addresses}
    found = cohort_queries.member_ids_by_email(session, [key for key in keys.values() if key])
    present = cohort_queries.present_in(session, cohort.id, found.values())
    taken = list(_judged(keys, found, present))
    added = [each.member_id for each in taken if each.outcome is Outcome.ADDED and each.member_id is not None]
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=added, now=now)
    for member_id in added:
        give_place(session, course_slug=cohort.course_slug, member_id=member_id, way="cohort", now=now)
    return taken


def _judged(keys: dict[str, str], found: dict[str, int], present: set[int]) -> Iterator[Taken]:
    seen = set(present)
    for address, key in keys.items():
        member_id = found.get(key)
        if not key or member_id is None:
            yield Taken(address, Outcome.UNKNOWN if key else Outcome.MISWRITTEN)
            continue
        yield Taken(address, Outcome.PRESENT if member_id in seen else Outcome.ADDED, member_id)
        seen.add(member_id)


def _key(address: str) -> str:
    try:
        return key_of(address)
    except NotAnAddress:
        return ""
