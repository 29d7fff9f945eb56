"""What would become of each row of a table of graduates, by what is known already. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from alumni.graduates.lines import Line


class Outcome(StrEnum):
    """What becomes of a row. Only `new` and `completes` change anything, and `maybe` where an admin says so."""

    NEW = "new"
    COMPLETES = "completes"
    MAYBE = "maybe"
    KNOWN = "known"
    TWICE = "twice"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who is on the list already."""

    id: int
    name_key: str
    cohort_key: tuple[int, str]
    email_key: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known already: people on the list, gone addresses, and members by address and by name and year.

    `sealed` turns an address into what is kept of one whose owner refused.
    """

    by_address: Mapping[str, Listed]
    by_name: Mapping[tuple[str, int], Listed]
    sealed: Mapping[str, str]
    members: Mapping[str, int]
    alumni_in: Mapping[int, frozenset[int]]
    namesakes: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, what becomes of it, whom it is like: a row of the same table, or somebody known."""

    line: Line
    outcome: Outcome
    like_row: int | None = None
    like: Listed | None = None
    address: tuple[str, str] = ("", "")
    has_account: bool = False


@dataclass(slots=True)
class _Seen:
    addresses: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, int], Line] = field(default_factory=dict)


def judged(lines: Sequence[Line], known: Known) -> list[Judged]:
    """Each row with what becomes of it, in order: of two rows about one person the second is the double."""
    seen = _Seen()
    return list(_each(lines, known, seen))


def _each(lines: Sequence[Line], known: Known, seen: _Seen) -> Iterable[Judged]:
    for line in lines:
        verdict = _judged(line, known, seen)
        yield verdict
        if verdict.outcome in {Outcome.NEW, Outcome.COMPLETES, Outcome.MAYBE, Outcome.KNOWN}:
            for _written, key in line.addresses:
                seen.addresses.setdefault(key, line.number)
            seen.names.setdefault((line.name_key, line.year), line)


def _judged(line: Line, known: Known, seen: _Seen) -> Judged:
    if line.fault is not None:
        return Judged(line, Outcome.FAULTY)
    keys = [key for _written, key in line.addresses]
    twice = next((seen.addresses[key] for key in keys if key in seen.addresses), None)
    if twice is not None:
        return Judged(line, Outcome.TWICE, twice)
    listed = next((known.by_address[key] for key in _with_sealed(keys, known) if key in known.by_address), None)
    if listed is not None:
        return Judged(line, Outcome.KNOWN, like=listed)
    return _by_name(line, known, seen, _address(line, known))


def _with_sealed(keys: Sequence[str], known: Known) -> list[str]:
    return [*keys, *(known.sealed[key] for key in keys)]


def _address(line: Line, known: Known) -> tuple[str, str]:
    """The address to write to: the one with an account, else the first."""
    return next((each for each in line.addresses if each[1] in known.members), (*line.addresses, ("", ""))[0])


def _by_name(line: Line, known: Known, seen: _Seen, address: tuple[str, str]) -> Judged:
    """Whoever has the name and the year of somebody else may be the same person."""
    who = (line.name_key, line.year)
    has_account = address[1] in known.members
    if has_account and line.year in known.alumni_in.get(known.members[address[1]], ()):
        return Judged(line, Outcome.KNOWN, address=address, has_account=True)
    other, listed = seen.names.get(who), known.by_name.get(who)
    if other is not None:
        same = not line.addresses and not other.addresses and other.cohort_key == line.cohort_key
        return Judged(line, Outcome.TWICE if same else Outcome.MAYBE, other.number, None, address, has_account)
    if listed is not None:
        return Judged(line, _like(line, listed), None, listed, address, has_account)
    outcome = Outcome.MAYBE if who in known.namesakes and not has_account else Outcome.NEW
    return Judged(line, outcome, None, None, address, has_account)


def _like(line: Line, listed: Listed) -> Outcome:
    """Somebody on the list has this name and year: the same person if nothing speaks against it."""
    if listed.cohort_key == line.cohort_key and not line.addresses:
        return Outcome.KNOWN
    if listed.cohort_key == line.cohort_key and not listed.email_key:
        return Outcome.COMPLETES
    return Outcome.MAYBE
