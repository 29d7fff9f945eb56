"""Put people into a cohort by their addresses, and give each a place in its course."""

from collections.abc import Collection, Iterator, Mapping, Sequence
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
    added = cohorts.add_members(session, cohort_id=cohort.id, member_ids=found.values(), now=now)
    for member_id in sorted(added):
        give_place(session, course_slug=cohort.course_slug, member_id=member_id, way="cohort", now=now)
    return list(_judged(keys, found, added))


def _judged(keys: Mapping[str, str], found: Mapping[str, int], added: Collection[int]) -> Iterator[Taken]:
    fresh = set(added)
    for address, key in keys.items():
        member_id = found.get(key)
        if not key or member_id is None:
            yield Taken(address, Outcome.UNKNOWN if key else Outcome.MISWRITTEN)
            continue
        yield Taken(address, Outcome.ADDED if member_id in fresh else Outcome.PRESENT, member_id)
        fresh.discard(member_id)


def _key(address: str) -> str:
    try:
        return key_of(address)
    except NotAnAddress:
        return ""
