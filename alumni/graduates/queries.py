"""Reads of cohorts as the network knows them. A cohort's key is a short text that is the same for all its members."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Label,
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from academy.db import BigId, rows
from academy.dialects import lines_of, one_line
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
    """The cohorts of each of these members, newest first; whoever has none has an empty list (one query)."""
    found: dict[int, list[NetworkCohort]] = {member_id: [] for member_id in member_ids}
    for member_id, number, name, year, kind in rows(session, _named(), {"members": list(member_ids)}).all():
        found[member_id].append(NetworkCohort(f"{kind}{number}", name, year))
    return {member_id: sorted(theirs, key=_newest_first) for member_id, theirs in found.items()}


def _newest_first(cohort: NetworkCohort) -> tuple[int, str, int]:
    return (-cohort.year, cohort.key[0], -int(cohort.key[1:]))


# To build a statement costs more than to ask it, and every page of the network asks these two.
@cache
def _named() -> CompoundSelect[Any]:
    these: BindParameter[Sequence[int]] = bindparam("members", expanding=True)
    courses = facts.named_cohorts_of(these).add_columns(_kind(COURSE_COHORT))
    past = select(EarlierGraduate.member_id, PastCohort.id, PastCohort.name, PastCohort.year, _kind(PAST_COHORT))
    past = past.join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
    return courses.union(past.where(EarlierGraduate.member_id.in_(these)))


@cache
def _keys() -> CompoundSelect[Any]:
    return keys_select(bindparam("member", type_=BigId))


def keys_select(member_id: BindParameter[int]) -> CompoundSelect[Any]:
    """The number and the kind of each cohort of a member, as a part of a larger query; a key is both."""
    courses = facts.cohort_ids_of(member_id).add_columns(_kind(COURSE_COHORT))
    past = select(EarlierGraduate.cohort_id, _kind(PAST_COHORT))
    return courses.union(past.where(EarlierGraduate.member_id == member_id))


def keys_of(session: Session, member_id: int) -> frozenset[str]:
    """The keys of a member's cohorts (one query)."""
    found = rows(session, _keys(), {"member": member_id}).all()
    return frozenset(f"{kind}{number}" for number, kind in found)


def _kind(letter: str) -> Label[str]:
    return literal_column(f"'{letter}'", String).label("kind")


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


def members_with(kind: str, cohort: BindParameter[int]) -> Select[Any]:
    """The numbers of all members of the cohort with this kind of key and this number, as a part of a larger query."""
    if kind == COURSE_COHORT:
        return facts.members_of([cohort])
    confirmed = EarlierGraduate.cohort_id == cohort, EarlierGraduate.state == CONFIRMED
    return select(EarlierGraduate.member_id).where(*confirmed)


def mates_of(member_id: BindParameter[int]) -> Select[int]:
    """The numbers of all members of any cohort of this member, as a part of a larger query."""
    own = select(EarlierGraduate.cohort_id).where(EarlierGraduate.member_id == member_id)
    # Those who confirmed, and they alone, have a number; to compare the state would mislead SQLite to go through them.
    past = select(EarlierGraduate.member_id).where(
        EarlierGraduate.cohort_id.in_(own), EarlierGraduate.member_id + 0 != 0
    )
    both = facts.members_of(facts.cohort_ids_of(member_id)).union_all(past).subquery()
    return select(both.c.member_id)


def in_lines(member_id: ColumnElement[int]) -> tuple[ScalarSelect[str], ScalarSelect[str]]:
    """The cohorts of the member in this column of a larger query, as lines: those of courses, and the others.

    `cohorts_in` reads such lines: for a page of people that costs less than to ask for their cohorts.
    """
    told = one_line(*(each.expression for each in (PastCohort.id, PastCohort.year, PastCohort.name)))
    theirs = select(lines_of(told)).join(EarlierGraduate, EarlierGraduate.cohort_id == PastCohort.id)
    return facts.cohorts_in_lines(member_id), theirs.where(EarlierGraduate.member_id == member_id).scalar_subquery()


def cohorts_in(courses: str | None, past: str | None) -> list[NetworkCohort]:
    """The cohorts that stand in these lines (see `in_lines`), newest first."""
    lines = [(COURSE_COHORT, courses), (PAST_COHORT, past)]
    told = [(kind, line) for kind, text in lines if text for line in text.split("\n")]
    parts = [
        (kind, *line.split("|", 2)) for kind, line in told if line.count("|") > 1
    ]  # a name may go on after a break
    return sorted(
        (NetworkCohort(f"{kind}{number}", name, int(year)) for kind, number, year, name in parts), key=_newest_first
    )


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


def cohort_with(session: Session, key: str) -> NetworkCohort | None:
    """The cohort with this key."""
    return cohorts_by_key(session, [key]).get(key)


def cohorts_by_key(session: Session, keys: Collection[str]) -> dict[str, NetworkCohort]:
    """The cohorts with these keys (two queries)."""
    past = select(PastCohort.id, PastCohort.name, PastCohort.year)
    named = [
        NetworkCohort(f"{PAST_COHORT}{row.id}", row.name, row.year)
        for row in session.execute(past.where(PastCohort.id.in_(_numbers(keys, PAST_COHORT))))
    ]
    courses = facts.cohorts_among(session, _numbers(keys, COURSE_COHORT))
    named += [NetworkCohort(f"{COURSE_COHORT}{each.id}", each.name, each.year) for each in courses]
    return {each.key: each for each in named}


def newest_cohorts() -> Select[Any]:
    """Each member with the key of their newest cohort, as a part of a larger query: columns member_id and key."""
    past = (
        select(EarlierGraduate.member_id, PastCohort.year, _key(PAST_COHORT, PastCohort.id).label("key"))
        .join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
        .where(EarlierGraduate.member_id.is_not(None))
    )
    courses = facts.members_and_cohorts().subquery()
    both = union_all(
        past, select(courses.c.member_id, courses.c.year, _key(COURSE_COHORT, courses.c.cohort_id).label("key"))
    ).subquery()
    newest_first = func.row_number().over(partition_by=both.c.member_id, order_by=(both.c.year.desc(), both.c.key))
    ranked = select(both.c.member_id, both.c.key, newest_first.label("place")).subquery()
    return select(ranked.c.member_id, ranked.c.key).where(ranked.c.place == 1)


def _key(kind: str, number: Any) -> ColumnElement[str]:  # noqa: ANN401  a column
    return literal(kind) + cast(number, String)


def past_cohorts(session: Session) -> list[NetworkCohort]:
    """The past cohorts in which somebody confirmed their place."""
    confirmed = select(EarlierGraduate.cohort_id).where(EarlierGraduate.state == CONFIRMED)
    found = session.execute(select(PastCohort.id, PastCohort.name, PastCohort.year).where(PastCohort.id.in_(confirmed)))
    return [NetworkCohort(f"{PAST_COHORT}{row.id}", row.name, row.year) for row in found]
