"""Counting queries: every page has a pinned number of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import event

from academy.db import Database

BOOKKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass
class QueryCount:
    """The statements that ran while counting."""

    statements: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many there were."""
        return len(self.statements)


@contextmanager
def counted(database: Database) -> Iterator[QueryCount]:
    """Count what runs on this database inside the block."""
    count = QueryCount()

    def note(*arguments: object) -> None:
        statement = str(arguments[2])
        if not statement.startswith(BOOKKEEPING):
            count.statements.append(statement)

    engines = {database.engine, database.pages}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
