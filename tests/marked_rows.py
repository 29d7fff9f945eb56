"""A row of every table that knows of members, with a marked word wherever a text fits: made by walking all tables."""

import re
from ast import literal_eval
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, count
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    CursorResult,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.column_types import UtcMoment
from academy.db import Base

MARK = "zyxmark"
SHORTEST = len(MARK) + 4
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
LEAST = re.compile(r"(\w+) (?:BETWEEN|>=) (\d+)")
CHOICES = re.compile(r"(\w+) IN \(([^)]*)\)")
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "course": {"edition_id": None},
    "certificate": {"kind": "course", "tier": "completion", "template_id": None, "withdraw_class": "error"},
    "earlier_graduate": {"state": "confirmed"},
    "stored_file": {"size": 7},
}
"""What a table wants that its columns do not tell."""


class Filler:
    """Makes rows; a table without members in it gets a neutral one where others hang on it."""

    def __init__(self, session: Session, member_id: int, other_id: int) -> None:
        self.session, self.member_id, self.other_id = session, member_id, other_id
        self.made: dict[str, Mapping[str, Any]] = {}
        self.begun: set[str] = set()
        self.numbers = count(1)
        self.marked = set(of_members())

    def fill(self) -> None:
        """A row of every table that knows of members, and of every table these hang on."""
        for table in Base.metadata.sorted_tables:
            if table.name in self.marked:
                self.row_of(table)
        self.session.commit()

    def row_of(self, table: Table) -> Mapping[str, Any]:
        """The row of this table, made when it is first wanted."""
        if table.name not in self.made:
            self.begun.add(table.name)
            self.made[table.name] = self._made(table)
        return self.made[table.name]

    def _made(self, table: Table) -> Mapping[str, Any]:
        values = {column.name: value for column in table.columns if (value := self._value(table, column)) is not None}
        two = {**values, **dict.fromkeys(_members_in(table)[1:], self.other_id)}
        tries = [values, two, *_without_some(table, values), *_without_some(table, two)]
        faults = []
        for each in tries:
            try:
                with self.session.begin_nested():
                    done = cast("CursorResult[Any]", self.session.execute(insert(table).values(each)))
            except IntegrityError as fault:
                faults.append(str(fault.orig))
                continue
            names = [column.name for column in inspect(table).primary_key]
            return {**each, **dict(zip(names, done.inserted_primary_key or (), strict=True))}
        raise AssertionError(f"Say in SHAPES how a row of {table.name} looks: {faults[0]}")

    def _value(self, table: Table, column: Column[Any]) -> Any:
        shape = SHAPES.get(table.name, {})
        if column.name in shape:
            return shape[column.name]
        if column.foreign_keys:
            return self._reference(column)
        if column is table.autoincrement_column:
            return None
        return self._plain(table, column)

    def _reference(self, column: Column[Any]) -> Any:
        (key,) = column.foreign_keys
        target = key.column.table
        if target.name == "member":
            return self.member_id
        if target.name in self.begun - self.made.keys():
            return None  # they point at each other
        return self.row_of(target)[key.column.name]

    def _plain(self, table: Table, column: Column[Any]) -> Any:
        choices = choices_of(table).get(column.name)
        number, of_member = next(self.numbers), table.name in self.marked
        word = f"{MARK}{number}" if of_member else f"neutral{number}"
        kind = column.type
        if isinstance(kind, Integer) and not column.foreign_keys:
            return _least_of(table).get(column.name, 1)
        if choices:
            return choices[0]
        if isinstance(kind, JSON):
            return [word] if getattr(column.default, "arg", dict).__name__ == "list" else {"words": word}
        if isinstance(kind, String):
            return word if kind.length is None or kind.length >= SHORTEST else "KG"[: kind.length]
        plain: list[tuple[Any, Any]] = [
            (LargeBinary, word.encode()),
            (UtcMoment, NOW + timedelta(hours=number)),
            (Date, date(2026, 6, 1)),
            (Boolean, True),
            (Float, 1.0),
        ]
        return next((value for wanted, value in plain if isinstance(kind, wanted)), None)


def _members_in(table: Table) -> list[str]:
    """The columns that say who somebody is: where two cannot be the same person, the second is another."""
    return [each.name for each in table.columns for key in each.foreign_keys if key.column.table.name == "member"]


def _without_some(table: Table, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The same without one, two or all of the things that need not be there."""
    spare = [column.name for column in table.columns if column.nullable and column.name in values]
    for some in (*combinations(spare, 1), *combinations(spare, 2)):
        yield {key: value for key, value in values.items() if key not in some}
    yield {key: value for key, value in values.items() if key not in spare or "member" in key}
    yield {key: value for key, value in values.items() if key not in spare}


def _least_of(table: Table) -> dict[str, int]:
    checks = (check for check in table.constraints if isinstance(check, CheckConstraint))
    return {name: int(least) for check in checks for name, least in LEAST.findall(str(check.sqltext))}


def choices_of(table: Table) -> dict[str, list[str]]:
    """The words a column may hold, where a check says so; never the empty one."""
    found: dict[str, list[str]] = {}
    for check in table.constraints:
        if isinstance(check, CheckConstraint):
            for name, words in CHOICES.findall(str(check.sqltext)):
                found[name] = [word for word in literal_eval(f"({words},)") if word]
    return found


def of_members() -> set[str]:
    """Tables that name members, and those that hang on them."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        targets = {key.column.table.name for key in table.foreign_keys}
        if table.name != "member" and (targets & (found | {"member"})):
            found.add(table.name)
    return found


def places_of(session: Session, *words: str) -> Iterator[tuple[str, str]]:
    """Where one of these words stands: table and column, whatever its type."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            for column, value in row.items():
                text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                if any(word.casefold() in text.casefold() for word in words):
                    yield table.name, str(column)
