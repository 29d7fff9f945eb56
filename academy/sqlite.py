"""SQLite as this site needs it: the newest library at hand, honest transactions, durable writes, writers in line."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

__all__ = ("dbapi", "open_engine", "take_turn", "warning")

try:
    from pysqlite3 import dbapi2 as dbapi
except ImportError:  # no wheel for this machine: the standard library's own
    import sqlite3 as dbapi

SAFE_VERSION = (3, 51, 3)
PATIENCE = 5.0  # seconds
LOOK_EVERY = 0.0003
WAITING = f"busy_timeout={PATIENCE * 1000:.0f}"
KEPT_PAGES = "cache_size=-512"  # KiB of each connection: pages read nothing more than with the usual 2 MiB
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", KEPT_PAGES, WAITING)


def open_engine(url: str, *, begins: bool = False) -> Engine:
    """Connect to this database; `begins` lets every transaction begin by itself, as commands and Alembic expect it."""
    engine = create_engine(url, module=dbapi, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    _plan_once(engine)
    if begins:
        event.listen(engine, "begin", _begin)
    return engine


def _plan_once(engine: Engine) -> None:
    """Keep SQLite from planning a statement anew each time its LIMIT is bound: for a list that is half of the cost."""
    usual: Any = engine.dialect.statement_compiler

    def limit_clause(compiler: Any, select: Any, **how: Any) -> str:  # noqa: ANN401  SQLAlchemy's own signature
        # A bare parameter is looked into when planning, and then the plan holds for that value alone.
        most, passed = select._limit_clause, select._offset_clause  # noqa: SLF001  as every dialect reads them
        said = f" LIMIT {'-1' if most is None else '0 + ' + compiler.process(most, **how)}"
        return said if passed is None else f"{said} OFFSET 0 + {compiler.process(passed, **how)}"

    engine.dialect.statement_compiler = type("PlannedOnce", (usual,), {"limit_clause": limit_clause})


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401  one of two drivers' connections
    # The driver's own transactions commit a released savepoint (docs/architecture.md, traps): they are begun by hand.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if "write_lock" in connection.get_execution_options():
        take_turn(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def take_turn(connection: Connection) -> None:
    """Begin a transaction that holds the write lock, after whoever asked earlier; PostgreSQL needs none."""
    if connection.dialect.name != "sqlite":
        return
    try:
        _begin_writing(connection.connection.driver_connection, _folder_of(connection.engine.url.database))
    except dbapi.OperationalError as error:
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error


@lru_cache(maxsize=8)
def _folder_of(database: str | None) -> Path | None:
    return Path(database).resolve().parent if database and database != ":memory:" else None


def _begin_writing(connection: Any, folder: Path | None) -> None:  # noqa: ANN401
    # SQLite's own waiting looks after ever longer pauses: whoever comes just then gets the lock, and some wait for
    # seconds (2.9 s at worst among eight). Here all but one wait in the kernel's line, and that one looks all the time.
    until = time.monotonic() + PATIENCE
    connection.execute("PRAGMA busy_timeout=0")
    try:
        with _first_in_line(folder):
            while not _begun(connection, last=time.monotonic() >= until):
                time.sleep(LOOK_EVERY)
    finally:
        connection.execute(f"PRAGMA {WAITING}")


@contextmanager
def _first_in_line(folder: Path | None) -> Iterator[None]:
    """Be the one who looks for the write lock next; the kernel ends it for a process that dies."""
    if folder is None:
        yield
        return
    # The folder, not the database: closing that file would drop the locks that SQLite itself holds on it.
    line = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(line, fcntl.LOCK_UN)  # closing alone would not do while a forked child has it open
        os.close(line)


def _begun(connection: Any, *, last: bool) -> bool:  # noqa: ANN401
    try:
        connection.execute("BEGIN IMMEDIATE")
    except dbapi.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != dbapi.SQLITE_BUSY:
            raise
        return False
    return True


def warning(url: str, version: tuple[int, ...] = dbapi.sqlite_version_info) -> str:
    """One sentence when the library in use can corrupt the WAL database at this address, else nothing."""
    if not url.startswith("sqlite") or version >= SAFE_VERSION:
        return ""
    return (
        f"SQLite {'.'.join(map(str, version))} can damage the database under concurrent checkpoints; "
        "install pysqlite3 from requirements.txt, use SQLite 3.51.3 or newer, or use PostgreSQL."
    )
