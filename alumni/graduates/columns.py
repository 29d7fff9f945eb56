"""What stands in the columns of a table of graduates, guessed from headings and contents. Pure."""

import re
from collections.abc import Sequence

from alumni.graduates.rules import name_key

NOTHING, NAME, GIVEN, FAMILY, EMAIL, COHORT, YEAR, COUNTRY = (
    "",
    "name",
    "given",
    "family",
    "email",
    "cohort",
    "year",
    "country",
)
HEADINGS: dict[str, str] = {
    "name": NAME, "full name": NAME, "graduate": NAME, "participant": NAME, "student": NAME, "alumni": NAME,
    "fio": NAME, "фио": NAME, "ф и о": NAME, "имя и фамилия": NAME, "фамилия и имя": NAME, "участник": NAME,
    "выпускник": NAME, "полное имя": NAME, "نام کامل": NAME, "نام و تخلص": NAME, "аты жөні": NAME, "ism familiya": NAME,
    "first name": GIVEN, "given name": GIVEN, "forename": GIVEN, "имя": GIVEN, "نام": GIVEN, "ism": GIVEN, "исм": GIVEN,
    "last name": FAMILY, "surname": FAMILY, "family name": FAMILY, "фамилия": FAMILY, "تخلص": FAMILY,
    "نام خانوادگی": FAMILY, "familiya": FAMILY, "насаб": FAMILY,
    "email": EMAIL, "e mail": EMAIL, "mail": EMAIL, "email address": EMAIL, "e mail address": EMAIL, "почта": EMAIL,
    "эл почта": EMAIL, "электронная почта": EMAIL, "адрес электронной почты": EMAIL, "имейл": EMAIL, "ایمیل": EMAIL,
    "contact": EMAIL, "контакты": EMAIL, "نشانی ایمیل": EMAIL,
    "cohort": COHORT, "intake": COHORT, "group": COHORT, "course": COHORT, "programme": COHORT, "program": COHORT,
    "поток": COHORT, "набор": COHORT, "группа": COHORT, "курс": COHORT, "когорта": COHORT, "выпуск": COHORT,
    "دوره": COHORT, "گروه": COHORT,
    "year": YEAR, "graduation year": YEAR, "year of graduation": YEAR, "год": YEAR, "год выпуска": YEAR,
    "год окончания": YEAR, "سال": YEAR, "سال فراغت": YEAR, "yil": YEAR, "сол": YEAR,
    "country": COUNTRY, "nationality": COUNTRY, "citizenship": COUNTRY, "страна": COUNTRY, "гражданство": COUNTRY,
    "کشور": COUNTRY, "davlat": COUNTRY, "ел": COUNTRY, "кишвар": COUNTRY,
}  # fmt: skip
KNOWN = {name_key(words): kind for words, kind in HEADINGS.items()}
YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
MOST_ABOVE = 15
ENOUGH = 0.5


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The number of the row that names the columns; -1 when none does."""
    for number, row in enumerate(rows[:MOST_ABOVE]):
        known = {KNOWN.get(name_key(cell)) for cell in row} - {None}
        if len(known) > 1 or (known and len(row) == 1):
            return number
    return 0 if _differs(rows[0], rows[1:]) else -1


def _differs(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row has words where all others have addresses or years."""
    kinds = [_by_content([row[place] for row in below if row[place]]) for place in range(len(first))]
    return any(kinds) and not any(_by_content([cell]) for cell in first if cell)


def guessed(rows: Sequence[Sequence[str]], heading: int) -> list[str]:
    """What each column seems to hold: by its heading, else by what stands in it; nothing is guessed twice."""
    width = len(rows[0])
    headings = rows[heading] if heading >= 0 else [""] * width
    found = [KNOWN.get(name_key(words), NOTHING) for words in headings]
    below = rows[heading + 1 :]
    for column in range(width):
        if not found[column]:
            kind = _by_content([row[column] for row in below if row[column]])
            found[column] = kind if kind not in found else NOTHING
    return _only_once(found)


def _by_content(cells: Sequence[str]) -> str:
    if not cells:
        return NOTHING
    for kind, fits in ((EMAIL, _looks_like_address), (YEAR, YEAR_ALONE.fullmatch)):
        if sum(1 for cell in cells if fits(cell)) > ENOUGH * len(cells):
            return kind
    return NOTHING


def _looks_like_address(cell: str) -> bool:
    return "@" in cell


def _only_once(found: Sequence[str]) -> list[str]:
    """The first column of each kind; given names alone are names, and a name given whole needs no parts."""
    kept = [kind if kind not in found[:place] else NOTHING for place, kind in enumerate(found)]
    if NAME in kept:
        return [NOTHING if kind in {GIVEN, FAMILY} else kind for kind in kept]
    if FAMILY not in kept:
        return [NAME if kind == GIVEN else kind for kind in kept]
    return kept
