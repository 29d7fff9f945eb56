"""Rows out of files of any size: CSV and JSON lines one by one; a single JSON document only as far as memory allows."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from alumni.forum.exchange.faults import Faults
from alumni.forum.exchange.folder import Folder

MEBIBYTE = 1024 * 1024
LONGEST_LINE, LARGEST_DOCUMENT = 16 * MEBIBYTE, 64 * MEBIBYTE
NOTHING = frozenset({"NULL", "\\N", "null"})
_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
NOT_UTF_8 = "is not UTF-8 text."
TOO_LARGE = (
    f"is larger than {LARGEST_DOCUMENT // MEBIBYTE} MiB. One JSON document has to be held in memory as a whole: write"
    " it as JSON lines or as CSV, which may have any size, or as one file for each topic."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it stands, in which file, and its values."""

    where: str
    file: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole JSON document."""

    file: str
    content: Any


def read(folder: Folder, name: str, faults: Faults) -> Iterator[Row | Document]:
    """What a file holds; what cannot be read of it is a fault, and the rest goes on."""
    with folder.opened(name) as file:
        if name.lower().endswith((".csv", ".tsv")):
            yield from _csv(file, name, faults)
        elif name.lower().endswith(".json"):
            yield from _document(file, name, faults)
        else:
            yield from _lines(file, name, faults)


def _lines(file: BinaryIO, name: str, faults: Faults) -> Iterator[Row]:
    line = 0
    while text := file.readline(LONGEST_LINE + 1):
        line += 1
        where = f"{name}:{line}"
        if len(text) > LONGEST_LINE:
            faults.leave_out(where, f"is longer than {LONGEST_LINE // MEBIBYTE} MiB.")
            while text and not text.endswith(b"\n"):
                text = file.readline(LONGEST_LINE)
        elif text.strip():
            values = _parsed(text, where, faults)
            if isinstance(values, dict):
                yield Row(where, name, values)
            elif values is not None:
                faults.leave_out(where, "is not an object in curly brackets.")


def _parsed(text: bytes, where: str, faults: Faults) -> Any:  # noqa: ANN401  whatever JSON holds
    try:
        return json.loads(text)
    except UnicodeDecodeError:
        faults.leave_out(where, NOT_UTF_8)
    except json.JSONDecodeError as error:
        at = "" if error.lineno == 1 else f" line {error.lineno},"
        faults.leave_out(where, f"is not JSON:{at} character {error.colno}: {error.msg}.")
    except RecursionError:
        faults.leave_out(where, "is nested too deeply.")
    except ValueError:  # what Python says of numbers of thousands of digits
        faults.leave_out(where, "has a number that is too long.")
    return None


def _document(file: BinaryIO, name: str, faults: Faults) -> Iterator[Document]:
    text = file.read(LARGEST_DOCUMENT + 1)
    if len(text) > LARGEST_DOCUMENT:
        faults.leave_out(name, TOO_LARGE)
        return
    content = _parsed(text.removeprefix(b"\xef\xbb\xbf"), name, faults)
    if content is not None:
        yield Document(name, content)


def _csv(file: BinaryIO, name: str, faults: Faults) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_LINE)
    with io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        yield from _rows(text, name, faults)


def _rows(text: io.TextIOWrapper, name: str, faults: Faults) -> Iterator[Row]:
    head = text.readline(MEBIBYTE)
    delimiter = max("\t;,", key=head.count)
    columns = [each.strip() for each in next(csv.reader([head], delimiter=delimiter), [])]
    rows = csv.reader(_bounded(text), delimiter=delimiter)
    while True:
        where = f"{name}:{rows.line_num + 2}"  # the first line holds the names of columns
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            faults.leave_out(where, f"cannot be read as CSV: {error}.")
            continue
        if row and _fits(row, columns, where, faults):
            values = {column: None if value in NOTHING else value for column, value in zip(columns, row, strict=True)}
            yield Row(where, name, values)


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, none of them longer than memory is to hold: what goes on behind that is a line that does not fit."""
    while line := text.readline(LONGEST_LINE):
        yield line


def _fits(row: list[str], columns: list[str], where: str, faults: Faults) -> bool:
    if len(row) != len(columns):
        faults.leave_out(where, f"has {len(row)} values, but there are {len(columns)} columns.")
        return False
    if any(_NOT_UTF_8.search(value) for value in row):
        faults.leave_out(where, NOT_UTF_8)
        return False
    return True
