"""The database as one file, and back: SQLite's own backup, or pg_dump and pg_restore."""

import contextlib
import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from academy.sqlite import dbapi
from academy.system.archive import ArchiveRefused

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class DumpFailed(Exception):
    """The database could not be written out or taken in; the message is one sentence."""


def dump(engine: Engine, target: Path) -> None:
    """Write a copy of the database as it is at one moment, while the site goes on."""
    if engine.dialect.name == "sqlite":
        with _open(Path(str(engine.url.database))) as source, _open(target) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", _libpq(engine))


def check(kind: str, file: Path) -> None:
    """Raise ArchiveRefused unless the copy is sound."""
    if kind == "sqlite":
        with _open(file) as copy:
            try:
                sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            except dbapi.DatabaseError:
                sound = False
        if not sound:
            raise ArchiveRefused("The database in the backup is damaged.")


def load(engine: Engine, file: Path) -> None:
    """Replace the whole database by this copy; nobody may be connected to it."""
    if engine.dialect.name == "sqlite":
        target_file = Path(str(engine.url.database))
        _put_aside_if_damaged(target_file)
        with _open(file) as source, _open(target_file) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=WAL")
    else:
        _run(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
            f"--dbname={_libpq(engine)}", str(file),
        )  # fmt: skip


def _put_aside_if_damaged(file: Path) -> None:
    """SQLite does not write over what it cannot read at all: such a file stays beside the new one as .damaged."""
    try:
        with _open(file) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in {dbapi.SQLITE_NOTADB, dbapi.SQLITE_CORRUPT}:
            raise  # locked, or not to be opened: whoever runs the place has to look
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            if file.with_name(name).exists():
                file.with_name(name).replace(file.with_name(f"{name}.damaged"))


def is_empty(engine: Engine) -> bool:
    """Whether there is nothing that a restore could destroy; a damaged database is not nothing."""
    try:
        return not inspect(engine).get_table_names()
    except (SQLAlchemyError, dbapi.DatabaseError):
        return False


def _open(path: Path) -> contextlib.closing[Any]:
    return contextlib.closing(dbapi.connect(str(path), isolation_level=None, timeout=10))


def _libpq(engine: Engine) -> str:
    return make_url(engine.url).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> None:
    try:
        subprocess.run((program, *arguments), check=True, capture_output=True)  # noqa: S603  our own arguments
    except FileNotFoundError as error:
        raise DumpFailed(f"{program} is not installed; install the package postgresql-client.") from error
    except subprocess.CalledProcessError as error:
        raise DumpFailed(f"{program} failed (code {error.returncode}).") from error
