"""The child: reads a file from standard input and writes its first table as JSON; every cell is a text."""

import csv
import io
import json
import re
import resource
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MEMORY = 1 << 29
SECONDS = 30
WIDEST, LONGEST = 60, 500
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = ";,\t|"
LOOKED_AT = 50
EPOCH = date(1899, 12, 30)
YEARS = range(1950, 2101)
MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class Unread(Exception):
    """The reason is its only argument, a word."""


def main() -> None:
    """Answer for what stands on standard input; the first argument is the most rows."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        rows, others = table(sys.stdin.buffer.read())
        answer: dict[str, Any] = {"rows": kept(rows, int(sys.argv[1])), "others": others}
    except Unread as reason:
        answer = {"reason": str(reason)}
    sys.stdout.write(json.dumps(answer))


def kept(rows: Iterator[list[str]], most: int) -> list[list[str]]:
    """The rows up to the last that holds anything; an empty one in between stays, so that numbers of rows fit."""
    found: list[list[str]] = []
    for row in rows:
        if len(found) > most:
            raise Unread("long")
        found.append([cell[:LONGEST] for cell in row[:WIDEST]])
    while found and not any(found[-1]):
        found.pop()
    if not found:
        raise Unread("empty")
    width = max(len(row) for row in found)
    return [row + [""] * (width - len(row)) for row in found]


def table(content: bytes) -> tuple[Iterator[list[str]], int]:
    """The rows of the first sheet with anything in it, and how many other sheets hold something."""
    if not content.startswith(BOOKS):
        return lines_of(text_of(content)), 0
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except PasswordError as error:
        raise Unread("locked") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unread("damaged") from error
    filled = [sheet for sheet in sheets if any(cell != "" for row in sheet for cell in row)]
    if not filled:
        raise Unread("empty")
    return ([text_in(cell) for cell in row] for row in filled[0]), len(filled) - 1


def text_in(cell: object) -> str:
    """A cell as somebody would read it; a year that a program took for a date is a year again."""
    if isinstance(cell, datetime | date):
        day = cell.date() if isinstance(cell, datetime) else cell
        number = (day - EPOCH).days  # 2019 shown as a date is a day in July 1905
        return str(number) if number in YEARS else day.isoformat()
    if isinstance(cell, timedelta):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def text_of(content: bytes) -> str:
    """The text of a file that says nothing of its encoding, or says it by its first bytes."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content:
        return content.decode("utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be", "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _one_byte_text(content)


def _one_byte_text(content: bytes) -> str:
    """Cyrillic or Western letters: where one word would have both, it was not Cyrillic."""
    text = content.decode("cp1251", errors="replace")
    foreign = len(MIXED.findall(text)) * 4 > len(CYRILLIC.findall(text))
    return content.decode("cp1252", errors="replace") if foreign else text


def lines_of(text: str) -> Iterator[list[str]]:
    """The rows of a CSV file, whichever sign separates its cells."""
    said = re.match(r"\s*sep=(.)\r?\n", text)
    if said:
        text = text[said.end() :]
    separator = said[1] if said else _separator(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in rows:
            yield [" ".join(cell.replace("\x00", "").split()) for cell in row]
    except csv.Error as error:
        raise Unread("damaged") from error


def _separator(text: str) -> str:
    return max(SEPARATORS, key=lambda sign: _agreement(text, sign))


def _agreement(text: str, sign: str) -> tuple[int, int]:
    """How many of the first rows have the same number of cells, when there is more than one; and how many cells."""
    sample: Sequence[str] = text.splitlines()[:LOOKED_AT]
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    return (widths.most_common(1)[0][1], max(widths)) if widths else (0, 0)


if __name__ == "__main__":
    main()
