"""The world of tests/world.py, built once for each process, and every row of it, to be put back after a change."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, insert, select, text, update

from academy import clock
from academy.db import Base, Database
from academy.people.models import SignIn
from academy.sqlite import dbapi
from academy.storage import FOLDER
from tests.stage import Stage
from tests.world import World, build

_kept: dict[Stage, tuple[World, "Snapshot"]] = {}


def standing(stage: Stage) -> tuple[World, "Snapshot"]:
    """The world as it was made, and what brings it back."""
    if stage not in _kept:
        stage.clean()
        with stage.database.writing() as session:
            world = build(stage.app, session)
        _kept[stage] = (world, Snapshot(stage.database, stage.instance / FOLDER, stage.instance / "keys"))
    _kept[stage][1].restore()
    return _kept[stage]


class Snapshot:
    """Every row and every file of the world, to be put back after something was changed."""

    def __init__(self, database: Database, *folders: Path) -> None:
        self._database = database
        self._files = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
        self._bring_back = _pages(database) if database.engine.dialect.name == "sqlite" else _tables(database)

    def restore(self) -> None:
        """Bring every table back to these rows; whoever was signed in has signed in just now."""
        self._bring_back()
        for path, content in self._files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with self._database.line() as connection:
            now = clock.now()
            later = now + timedelta(hours=2)
            connection.execute(
                update(SignIn).values(created_at=now, seen_at=now, proved_at=now, idle_until=later, expires_at=later)
            )


def _pages(database: Database) -> Callable[[], None]:
    """SQLite: the pages of the whole file, kept in memory."""
    kept = dbapi.connect(":memory:", check_same_thread=False)
    with closing(database.engine.raw_connection()) as line:
        cast("Any", line.driver_connection).backup(kept)

    def bring_back() -> None:
        with closing(database.engine.raw_connection()) as line:
            kept.backup(line.driver_connection)

    return bring_back


def _tables(database: Database) -> Callable[[], None]:
    """PostgreSQL: the rows of every table."""
    with database.engine.connect() as connection:
        kept = {table: _rows(connection, table) for table in Base.metadata.sorted_tables}

    def bring_back() -> None:
        with database.line() as connection:
            # Rows may refer to rows that come later.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in kept:
                connection.execute(delete(table))
            for table, rows in kept.items():
                if rows:
                    connection.execute(insert(table), rows)
            _wind_on(connection, kept)

    return bring_back


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def _wind_on(connection: Connection, kept: Mapping[Table, list[dict[str, Any]]]) -> None:
    """Let the next number of every table be one that is free."""
    for table, rows in kept.items():
        if rows and "id" in table.c:
            last = max(row["id"] for row in rows)
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
