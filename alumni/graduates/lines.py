"""One row of a table of graduates, cleaned: who, which addresses, which cohort, which year, and what is wrong. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from academy.people.addresses import NotAnAddress, as_written, key_of
from academy.web.forms import tidy_line
from alumni.graduates.columns import COHORT, COUNTRY, EMAIL, FAMILY, GIVEN, NAME, YEAR
from alumni.graduates.rules import name_key

ADDRESSES = re.compile(r"[,;|\s<>()\[\]\"]+")
YEAR_INSIDE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FIRST_YEAR = 1990
LONGEST_NAME = 120
INVISIBLE = {"\u200b", "\u200e", "\u200f", "\ufeff", "\u00ad", "\u2060"}


class Fault(StrEnum):
    """Why a row cannot be taken as it is."""

    NO_NAME = "no-name"
    NAME_TOO_LONG = "long-name"
    NO_YEAR = "no-year"
    WRONG_YEAR = "wrong-year"
    NO_ADDRESS_INSIDE = "wrong-address"
    UNKNOWN_COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Defaults:
    """The cohort and year of rows that name none, and the last year anybody can have finished in."""

    cohort: str
    year: int | None
    this_year: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it would be kept. `number` is the one a spreadsheet shows; an address: as written, as compared."""

    number: int
    name: str
    addresses: tuple[tuple[str, str], ...]
    cohort: str
    year: int
    country: str
    fault: Fault | None = None
    typed: str = ""

    @property
    def name_key(self) -> str:
        """The name as names are compared."""
        return name_key(self.name)

    @property
    def cohort_key(self) -> tuple[int, str]:
        """The cohort as cohorts are compared."""
        return self.year, name_key(self.cohort)


def lines_of(
    rows: Sequence[Sequence[str]],
    heading: int,
    columns: Sequence[str],
    defaults: Defaults,
    countries: Mapping[str, str],
) -> list[Line]:
    """Every row below the heading in which anything stands that matters."""
    found = []
    for number, row in enumerate(rows[heading + 1 :], heading + 2):
        cells = {kind: _clean(row[place]) for place, kind in enumerate(columns) if kind and place < len(row)}
        if any(cells.values()):
            found.append(_line(number, cells, defaults, countries))
    return found


def _clean(cell: str) -> str:
    """A cell as a person sees it: compatibility forms, hard spaces and invisible signs are gone."""
    return tidy_line(unicodedata.normalize("NFKC", "".join(sign for sign in cell if sign not in INVISIBLE))) or ""


def _line(number: int, cells: Mapping[str, str], defaults: Defaults, countries: Mapping[str, str]) -> Line:
    name = cells.get(NAME, "") or " ".join(cells[kind] for kind in (GIVEN, FAMILY) if cells.get(kind))
    addresses = addresses_in(cells.get(EMAIL, ""))
    cohort = cells.get(COHORT, "") or defaults.cohort
    year = _year_in(cells.get(YEAR, "")) or _year_in(cells.get(COHORT, "")) or defaults.year or 0
    country = countries.get(name_key(cells.get(COUNTRY, "")), "")
    line = Line(number, name, addresses, cohort or str(year or ""), year, country)
    fault, typed = _fault(line, cells, defaults)
    return Line(number, name, addresses, line.cohort, year, country, fault, typed)


def _fault(line: Line, cells: Mapping[str, str], defaults: Defaults) -> tuple[Fault | None, str]:
    """What is wrong with it, and the words that are wrong."""
    year, address = cells.get(YEAR, ""), cells.get(EMAIL, "")
    tried = (
        (Fault.NO_NAME, "", not any(sign.isalpha() for sign in line.name)),
        (Fault.NAME_TOO_LONG, line.name[:LONGEST_NAME], len(line.name) > LONGEST_NAME),
        (Fault.WRONG_YEAR, year, bool(year) and not _year_in(year)),
        (Fault.NO_YEAR, "", not line.year),
        (Fault.WRONG_YEAR, str(line.year), not FIRST_YEAR <= line.year <= defaults.this_year),
        (Fault.NO_ADDRESS_INSIDE, address, _is_meant(address) and not line.addresses),
        (Fault.UNKNOWN_COUNTRY, cells.get(COUNTRY, ""), _is_meant(cells.get(COUNTRY, "")) and not line.country),
    )
    return next(((fault, typed) for fault, typed, wrong in tried if wrong), (None, ""))


def _is_meant(cell: str) -> bool:
    """Whether a cell says anything: a dash or “n/a” says that there is nothing."""
    return bool(cell) and cell.casefold() not in {"-", "–", "—", "n/a", "na", "none", "нет", "0", "?", "x", "ندارد"}


def _year_in(cell: str) -> int:
    western = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in cell)
    years = YEAR_INSIDE.findall(western)
    return int(years[-1]) if years else 0


def addresses_in(cell: str) -> tuple[tuple[str, str], ...]:
    """The e-mail addresses in a cell, in whatever is around them; each once."""
    found: dict[str, str] = {}
    for part in ADDRESSES.split(cell):
        bare = re.sub(r"^(?:mailto|e-?mail|почта):", "", part, flags=re.IGNORECASE).partition("?")[0].strip(".'’:/")
        if "@" in bare:
            try:
                found.setdefault(key_of(bare), as_written(bare))
            except NotAnAddress:
                continue
    return tuple((written, key) for key, written in found.items())
