"""Very many rows at once: room for them in memory while they come, and afterwards figures for the planner."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Table, insert, text
from sqlalchemy.orm import Session

from academy import sqlite
from academy.db import Base, Database

ROOM = "cache_size=-262144"  # KiB: with the usual half a MiB each row would fetch pages of six indexes from disk


@contextmanager
def roomy(database: Database) -> Iterator[Session]:
    """A transaction for thousands of rows: commits when the block ends well."""
    on_sqlite = database.engine.dialect.name == "sqlite"
    with database.transaction() as session:
        if on_sqlite:
            session.execute(text(f"PRAGMA {ROOM}"))
        try:
            yield session
        finally:
            if on_sqlite:
                session.execute(text(f"PRAGMA {sqlite.KEPT_PAGES}"))


def put(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert these rows as they are: objects would cost several times as much."""
    if rows:
        session.execute(insert(cast("Table", model.__table__)), list(rows))


def next_id(session: Session, table: Any) -> int:  # noqa: ANN401  a model
    """The first number that no row of this table has."""
    name = table.__tablename__
    return int(session.scalar(text(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {name}")) or 1)  # noqa: S608  our own name


def count_on(session: Session, table: Any) -> None:  # noqa: ANN401  a model
    """Let the table give out numbers after those its new rows brought along; SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        name = table.__tablename__
        newest = f"SELECT MAX(id) FROM {name}"  # noqa: S608
        session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), ({newest}))"))


def settle(database: Database) -> None:
    """Let the planner know what came: what PostgreSQL does by itself within minutes."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        if database.engine.dialect.name == "postgresql":
            line.execute(text("SET statement_timeout = 0"))
            line.execute(text("VACUUM ANALYZE"))
            line.execute(text("RESET statement_timeout"))
        else:
            line.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
