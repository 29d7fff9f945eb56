"""How SQLite would answer what is asked: which tables it would read from end to end."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from academy.db import Base, Database
from academy.dialects import PartialIndex

ASKING = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
READS_ALL = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
NAMED = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)\s+AS\s+(\w+)")


@dataclass
class Plans:
    """The different statements that ran, each with the values it was asked with first."""

    asked: dict[str, Any] = field(default_factory=dict)

    def read_whole(self, database: Database) -> dict[str, set[str]]:
        """The tables that are read from end to end, with the statements for which they are.

        What a partial index holds is no whole table: it holds only what waits, or what is open.
        """
        found: dict[str, set[str]] = {}
        with database.engine.connect() as connection:
            for asked, values in self.asked.items():
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", values)
                for table in _tables(asked, [line[3] for line in plan]):
                    found.setdefault(table, set()).add(asked)
        return found


def _tables(asked: str, plan: list[str]) -> Iterator[str]:
    called = {alias: table for table, alias in NAMED.findall(asked)}
    partial = {
        index.name
        for table in Base.metadata.tables.values()
        for index in table.indexes
        if isinstance(index, PartialIndex)
    }
    for line in plan:
        scan = READS_ALL.match(line)
        if scan is None or scan[2] in partial:
            continue
        name = called.get(str(scan[1]), str(scan[1]))
        if name in Base.metadata.tables:
            yield name


@contextmanager
def noted(database: Database) -> Iterator[Plans]:
    """Note what is asked of this database inside the block."""
    plans = Plans()

    def note(*arguments: Any) -> None:
        if arguments[2].startswith(ASKING):
            plans.asked.setdefault(arguments[2], arguments[3])

    engines = {database.engine, database.pages}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield plans
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
