"""The world of tests/world.py, built once for each process, and every row of it, to be put back after a change."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text, update

from academy import clock
from academy.db import Base, Database
from academy.people.models import SignIn
from tests.stage import Stage
from tests.world import World, build

_kept: dict[Stage, tuple[World, "Snapshot"]] = {}


def standing(stage: Stage) -> tuple[World, "Snapshot"]:
    """The world as it was made, and what brings it back."""
    if stage not in _kept:
        stage.clean()
        with stage.database.writing() as session:
            world = build(stage.app, session)
        _kept[stage] = (world, Snapshot(stage.database))
    _kept[stage][1].restore()
    return _kept[stage]


class Snapshot:
    """Every row of the world, to be put back after something was changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.engine.connect() as connection:
            self._rows = {table: _rows(connection, table) for table in Base.metadata.sorted_tables}

    def restore(self) -> None:
        """Bring every table back to these rows; whoever was signed in has signed in just now."""
        with self._database.writer.begin() as connection:
            _trust(connection)
            for table in Base.metadata.sorted_tables:
                connection.execute(delete(table))
            for table, rows in self._rows.items():
                if rows:
                    connection.execute(insert(table), rows)
            now = clock.now()
            later = now + timedelta(hours=2)
            connection.execute(
                update(SignIn).values(created_at=now, seen_at=now, proved_at=now, idle_until=later, expires_at=later)
            )
            _wind_on(connection, self._rows)


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def _trust(connection: Connection) -> None:
    """Let rows refer to rows that come later."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))


def _wind_on(connection: Connection, kept: Mapping[Table, list[dict[str, Any]]]) -> None:
    """Let the next number of every table be one that is free."""
    if connection.dialect.name == "sqlite":
        return
    for table, rows in kept.items():
        if rows and "id" in table.c:
            last = max(row["id"] for row in rows)
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
