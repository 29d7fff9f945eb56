"""What was made once for each process, such as the world of tests/world.py: kept, and put back after a change."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, select, text, update
from sqlalchemy.orm import Session

from academy import clock, search
from academy.db import Base, Database
from academy.people.models import Member, SignIn
from academy.sqlite import dbapi
from academy.storage import FOLDER
from tests.stage import Stage
from tests.world import World, build

FRESH = timedelta(seconds=30)
"""So long a sign-in counts as just now."""
_worlds: dict[Stage, tuple[World, "Snapshot"]] = {}
_furnished: dict[tuple[Stage, str], "Snapshot"] = {}
_numbers = count()


def standing(stage: Stage) -> tuple[World, "Snapshot"]:
    """The world as it was made, and what brings it back."""
    if stage not in _worlds:
        stage.clean()
        with stage.database.writing() as session:
            world = build(stage.app, session)
        _worlds[stage] = (world, Snapshot(stage))
    _worlds[stage][1].restore()
    return _worlds[stage]


def furnish(stage: Stage, session: Session, name: str, make: Callable[[], object]) -> None:
    """Let the empty database hold what `make` makes: made once in a process, and put back ever after."""
    assert session.scalar(select(Member.id).limit(1)) is None, "what is there would be lost: ask for this first"
    session.rollback()
    if (stage, name) not in _furnished:
        make()
        session.commit()
        _furnished[stage, name] = Snapshot(stage)
    else:
        _furnished[stage, name].restore()


class Snapshot:
    """Every row and every file as they are now, to be put back after something was changed."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._database = stage, stage.database
        self._folders = (stage.instance / FOLDER, stage.instance / "keys")
        self._files = {path: path.read_bytes() for path in self._found()}
        self._seen: dict[Path, tuple[int, int]] = {}
        is_sqlite = self._database.engine.dialect.name == "sqlite"
        self._rows: _Pages | _Tables = _Pages(self._database) if is_sqlite else _Tables(self._database)
        self._signed_in = datetime.min.replace(tzinfo=clock.now().tzinfo)

    def _found(self) -> list[Path]:
        return [path for folder in self._folders for path in folder.rglob("*") if path.is_file()]

    def restore(self) -> None:
        """Bring everything back; whoever was signed in has signed in just now."""
        self._stage.is_empty = False
        self._restore_files()
        changed = self._rows.have_changed()
        if changed:
            self._rows.bring_back()
        if changed or abs(clock.now() - self._signed_in) > FRESH:
            self._sign_in_anew()
            self._rows.note()

    def _restore_files(self) -> None:
        for path in self._found():
            if path not in self._files:
                path.unlink()
        for path, content in self._files.items():
            if self._seen.get(path) != _seen(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                self._seen[path] = _seen(path)

    def _sign_in_anew(self) -> None:
        self._signed_in = now = clock.now()
        later = now + timedelta(hours=2)
        with self._database.line() as connection:
            connection.execute(
                update(SignIn).values(created_at=now, seen_at=now, proved_at=now, idle_until=later, expires_at=later)
            )


def _seen(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (-1, 0)
    return (found.st_mtime_ns, found.st_size)


class _Pages:
    """SQLite: the pages of the whole file, kept in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = dbapi.connect(":memory:", check_same_thread=False)
        # A connection sees a number change when another one has written.
        self._watching = dbapi.connect(database.engine.url.database, check_same_thread=False)
        self._noted = -1
        with closing(database.engine.raw_connection()) as line:
            driver = cast("Any", line.driver_connection)
            driver.backup(self._kept)
            (self._schema,) = driver.execute("PRAGMA schema_version").fetchone()

    def bring_back(self) -> None:
        with closing(self._database.engine.raw_connection()) as line:
            driver = cast("Any", line.driver_connection)
            self._kept.backup(driver)
            # The copy counts as another schema, which every connection would read anew; it is the one they know.
            driver.execute(f"PRAGMA schema_version={self._schema}")

    def note(self) -> None:
        self._noted = self._version()

    def have_changed(self) -> bool:
        return self._noted != self._version()

    def _version(self) -> int:
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])


class _Tables:
    """PostgreSQL: the rows of every table, kept by the server."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shelf = f"kept_{next(_numbers)}"
        names = [table.name for table in Base.metadata.sorted_tables] + [index.name for index in search.indexes()]
        with database.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {self._shelf} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {self._shelf}"))
            self._names = {name: _is_filled(connection, name) for name in names}
            for name in self._filled():
                connection.execute(text(f"CREATE TABLE {self._shelf}.{name} AS TABLE public.{name}"))

    def _filled(self) -> list[str]:
        return [name for name, is_filled in self._names.items() if is_filled]

    def bring_back(self) -> None:
        words = ["SET LOCAL session_replication_role = replica"]  # rows may refer to rows that come later
        words += [f"DELETE FROM public.{name}" for name in self._names]  # noqa: S608
        words += [f"INSERT INTO public.{name} SELECT * FROM {self._shelf}.{name}" for name in self._filled()]  # noqa: S608
        words += [self._winding_on(name) for name in self._filled() if self._is_numbered(name)]
        with self._database.line() as connection:
            connection.execute(text("; ".join(words)))

    def _is_numbered(self, name: str) -> bool:
        return name in Base.metadata.tables and "id" in Base.metadata.tables[name].c

    def _winding_on(self, name: str) -> str:
        """Let the next number of the table be one that is free."""
        return f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {self._shelf}.{name}"  # noqa: S608

    def note(self) -> None:
        """Nobody tells what is written on a server: it is always put back."""

    def have_changed(self) -> bool:
        return True


def _is_filled(connection: Connection, name: str) -> bool:
    return bool(connection.scalar(text(f"SELECT EXISTS (SELECT 1 FROM public.{name})")))  # noqa: S608
