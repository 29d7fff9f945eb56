"""A spreadsheet of 2,000 messy graduates, and what must become of each of its rows."""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from alumni.graduates.outcomes import Outcome

GIVEN = ("Айгүл", "Zoë", "Nilufar", "Бахтиёр", "فریده", "Jahongir", "Maýsa", "Гульнара", "احمد", "O‘g‘iloy", "Timur")
FAMILY = (
    "Сәрсенова",
    "Qodirova",
    "Отунбаева",
    "رحیمی",
    "Yusupov",
    "Ataýewa",
    "Каримов",
    "نظری",
    "Müller",
    "Абдрахманов",
)
COUNTRIES = ("Kyrgyzstan", "Казахстан", "TJ", "Узбекистан ", "افغانستان", "turkmenistan", "", "Кыргызстан")
ROWS = 2000
EPOCH = date(1899, 12, 30)


@dataclass
class Messy:
    """The rows of a sheet (headings first) and what must become of each, by the number a spreadsheet shows."""

    rows: list[list[Any]] = field(default_factory=list)
    right: dict[int, Outcome] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def add(self, row: Sequence[Any], outcome: Outcome | None) -> int:
        """One more row; an empty one has no outcome."""
        self.rows.append(list(row))
        if outcome is not None:
            self.right[len(self.rows)] = outcome
        return len(self.rows)


def messy() -> Messy:
    """The table: every kind of mess, again and again, in an order that chance chose once and for all."""
    chance, sheet = random.Random(7), Messy()  # noqa: S311
    sheet.rows += [["Выпускники 2019–2025", "", "", "", ""], ["Ф.И.О.", "E-mail", "Поток", "Год выпуска", "Страна"]]
    number = 0
    while len(sheet.rows) < ROWS + 2:
        number += 1
        _mess(sheet, chance, number)
    return sheet


def person(number: int, chance: random.Random) -> list[Any]:
    """Somebody nobody else in the table is like."""
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {_letters(number)}"
    return [name, f"person{number}@example.org", "PDA", 2019 + number % 6, chance.choice(COUNTRIES)]


def _letters(number: int) -> str:
    """A number as a word, so that no name is like another."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).title() + "ov"


def _mess(sheet: Messy, chance: random.Random, number: int) -> None:
    row = person(number, chance)
    kinds = (_plain, _spaces, _several, _day, _mailto, _twice, _maybe, _no_name, _no_year, _wrong, _blank, _no_address)
    chance.choice((*kinds, *[_plain] * 20))(sheet, row)


def _plain(sheet: Messy, row: list[Any]) -> None:
    sheet.add(row, Outcome.NEW)


def _spaces(sheet: Messy, row: list[Any]) -> None:
    row[0], row[1], row[3] = f"\xa0 {row[0]}\u200b  ", f" {row[1].upper()}\xa0", f" {row[3]} г. "
    sheet.add(row, Outcome.NEW)


def _several(sheet: Messy, row: list[Any]) -> None:
    row[1] = f"{row[1]}; second.{row[1]}"
    sheet.add(row, Outcome.NEW)
    again = [row[0], f"Second.{row[1].split('; ')[0]}", *row[2:]]
    sheet.add(again, Outcome.TWICE)


def _day(sheet: Messy, row: list[Any]) -> None:
    row[3] = date(row[3], 12, 19) if len(sheet.rows) % 2 else EPOCH + timedelta(days=row[3])
    sheet.add(row, Outcome.NEW)


def _mailto(sheet: Messy, row: list[Any]) -> None:
    row[1] = f"{row[0]} <mailto:{row[1]}>"
    sheet.add(row, Outcome.NEW)


def _twice(sheet: Messy, row: list[Any]) -> None:
    sheet.add(row, Outcome.NEW)
    sheet.add([row[0].upper(), f" {row[1].upper()} ", *row[2:]], Outcome.TWICE)


def _maybe(sheet: Messy, row: list[Any]) -> None:
    sheet.add(row, Outcome.NEW)
    turned = " ".join(reversed(row[0].split()))
    sheet.add([turned, f"other.{row[1]}", *row[2:]], Outcome.MAYBE)


def _no_name(sheet: Messy, row: list[Any]) -> None:
    sheet.add(["  ", *row[1:]], Outcome.FAULTY)


def _no_year(sheet: Messy, row: list[Any]) -> None:
    sheet.add([*row[:3], "", row[4]], Outcome.FAULTY)


def _wrong(sheet: Messy, row: list[Any]) -> None:
    wrong = ([row[0], "no at example.org", *row[2:]], [*row[:3], 2099, row[4]], [*row[:4], "Atlantis"])
    sheet.add(wrong[len(sheet.rows) % 3], Outcome.FAULTY)


def _blank(sheet: Messy, row: list[Any]) -> None:
    del row
    sheet.add(["", " ", "", "\xa0", ""], None)


def _no_address(sheet: Messy, row: list[Any]) -> None:
    row[1] = ("", "-", "нет")[len(sheet.rows) % 3]
    sheet.add(row, Outcome.NEW)
    sheet.add(row, Outcome.TWICE)


def as_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """The rows as a spreadsheet program would keep them: numbers as numbers, days as days."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_urls": False})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, place, cell, day)
            elif cell != "":
                sheet.write(at, place, cell)
    book.close()
    return written.getvalue()


def as_csv(rows: Sequence[Sequence[Any]], encoding: str, separator: str = ";") -> bytes:
    """The rows as CSV in some encoding."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue().encode(encoding)
