"""Reads of the list of earlier graduates for those who run the place, and what is known before a table is taken in."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from academy.dialects import in_so_many_words
from academy.people.models import ACTIVE, Member
from alumni.graduates.lines import Line
from alumni.graduates.models import EarlierGraduate, GraduateImport, PastCohort
from alumni.graduates.outcomes import Known, Listed
from alumni.graduates.rules import name_key
from alumni.graduates.sealing import sealed
from courses import facts

PAGE = 50
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the list, with their cohort."""

    graduate: EarlierGraduate
    cohort: PastCohort


def page_of(session: Session, *, state: str, words: str, after: int | None) -> tuple[Sequence[Row], bool]:
    """A page of the list, the latest entries first, and whether there is more of it."""
    wanted = _rows().order_by(EarlierGraduate.id.desc()).limit(PAGE + 1)
    if state:
        wanted = wanted.where(EarlierGraduate.state == state)
    for word in name_key(words).split():
        wanted = wanted.where(EarlierGraduate.name_key.contains(word, autoescape=True))
    if after is not None:
        wanted = wanted.where(EarlierGraduate.id < after)
    found = [Row(graduate, cohort) for graduate, cohort in session.execute(wanted)]
    return found[:PAGE], len(found) > PAGE


def one(session: Session, number: int, *, locked: bool = False) -> Row | None:
    """Somebody on the list; locked, nobody else changes them until the transaction ends."""
    wanted = _rows().where(EarlierGraduate.id == number)
    found = session.execute(wanted.with_for_update(of=EarlierGraduate) if locked else wanted).one_or_none()
    return Row(found[0], found[1]) if found else None


def _rows() -> Select[EarlierGraduate, PastCohort]:
    return select(EarlierGraduate, PastCohort).join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)


def counts(session: Session) -> dict[str, int]:
    """How many there are in each state."""
    states = select(EarlierGraduate.state, func.count().label("people")).group_by(EarlierGraduate.state)
    return {row.state: row.people for row in session.execute(states)}


def uninvited(session: Session) -> int:
    """How many have an address and were never written to."""
    waiting = select(func.count()).where(EarlierGraduate.state == "listed", EarlierGraduate.email != "")
    return session.scalar(waiting) or 0


def drafts(session: Session) -> list[tuple[int, str, datetime]]:
    """Files that were not taken in yet: number, name, since when."""
    found = select(GraduateImport.id, GraduateImport.file_name, GraduateImport.created_at)
    return [(row.id, row.file_name, row.created_at) for row in session.execute(found.order_by(GraduateImport.id))]


def known(session: Session, lines: Sequence[Line]) -> Known:
    """What is known that matters for these rows; as many queries for ten rows as for a thousand."""
    keys = {key for line in lines for _written, key in line.addresses}
    seals = {key: sealed(key) for key in keys}
    members = _members(session, keys)
    listed = list(_listed(session, {*keys, *seals.values()}, {line.name_key for line in lines}))
    return Known(
        by_address={each.email_key: each for each in listed if each.email_key},
        by_name={(each.name_key, each.cohort_key[0]): each for each in listed},
        sealed=seals,
        members=members,
        alumni_in=_years_of(session, members.values()),
        namesakes=_namesakes(session, {line.name for line in lines}),
    )


def _parts(values: Collection[str]) -> Iterator[list[str]]:
    rest = sorted(values)
    while rest:
        yield rest[:AT_ONCE]
        rest = rest[AT_ONCE:]


def _members(session: Session, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(keys):
        rows = session.execute(
            select(Member.email_key, Member.id).where(Member.email_key.in_(part), Member.state == ACTIVE)
        )
        found.update({row.email_key: row.id for row in rows})
    return found


def _listed(session: Session, keys: Collection[str], names: Collection[str]) -> Iterator[Listed]:
    whole = select(
        EarlierGraduate.id,
        EarlierGraduate.name_key,
        EarlierGraduate.email_key,
        PastCohort.year,
        PastCohort.name_key.label("cohort"),
    ).join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
    for column, values in ((EarlierGraduate.email_key, keys), (EarlierGraduate.name_key, names)):
        for part in _parts(values):
            found = whole.where(column.in_(part), column != in_so_many_words(""))
            for row in session.execute(found.order_by(EarlierGraduate.id)):
                yield Listed(row.id, row.name_key, (row.year, row.cohort), row.email_key)


def _years_of(session: Session, member_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The years in which these members, where they are alumni, took a course here."""
    alumni = select(Member.id).where(Member.id.in_(member_ids), Member.alumnus_since.is_not(None))
    theirs = facts.cohorts_of(session, list(session.scalars(alumni)))
    return {member_id: frozenset(each.year for each in cohorts) for member_id, cohorts in theirs.items()}


def _namesakes(session: Session, names: Collection[str]) -> frozenset[tuple[str, int]]:
    """Names and years of members who took a course here and are called so."""
    called: dict[int, set[str]] = {}
    both = {*names, *(" ".join(reversed(name.split())) for name in names)}
    for part in _parts(both):
        same = or_(Member.display_name.in_(part), Member.legal_name.in_(part))
        for row in session.execute(
            select(Member.id, Member.display_name, Member.legal_name).where(same, Member.state == ACTIVE)
        ):
            called.setdefault(row.id, set()).update({name_key(row.display_name), name_key(row.legal_name)})
    theirs = facts.cohorts_of(session, list(called))
    return frozenset((name, each.year) for who, names_ in called.items() for name in names_ for each in theirs[who])
