"""SQLite as this site needs it: the newest library at hand, honest transactions, durable writes."""

from typing import Any

__all__ = ("dbapi", "prepare", "warning")

try:
    from pysqlite3 import dbapi2 as dbapi
except ImportError:  # no wheel for this machine: the standard library's own
    import sqlite3 as dbapi

SAFE_VERSION = (3, 51, 3)
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401  one of two drivers' connections
    """Set up a new connection: transactions are begun by SQLAlchemy, never by the driver."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def warning() -> str:
    """One sentence when the library in use can corrupt a WAL database, else nothing."""
    if dbapi.sqlite_version_info >= SAFE_VERSION:
        return ""
    return (
        f"SQLite {dbapi.sqlite_version} can damage the database under concurrent checkpoints; "
        "install pysqlite3 from requirements.txt, use SQLite 3.51.3 or newer, or use PostgreSQL."
    )
