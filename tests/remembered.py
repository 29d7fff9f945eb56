"""What the tests of every run would work out again, though only other code makes it other: it stays between runs."""

import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHELVES = ROOT / ".pytest_cache" / "remembered"


@cache
def code() -> str:
    """A name for all that templates and texts are made by: Python, the packages, and the ground of the site."""
    told = hashlib.sha256(sys.version.encode())
    for path in (ROOT / "requirements.txt", *sorted((ROOT / "academy").rglob("*.py"))):
        told.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]


def shelf() -> Path:
    """The folder of what is remembered of this code; what was remembered of other code is thrown away."""
    own = SHELVES / code()
    if not own.is_dir():
        shutil.rmtree(SHELVES, ignore_errors=True)
        own.mkdir(parents=True, exist_ok=True)
    return own


class Memory:
    """Answers by the digest of what was asked, for every process of the tests."""

    def __init__(self, line: sqlite3.Connection, table: str) -> None:
        self._line, self._table = line, table
        line.execute(f"CREATE TABLE IF NOT EXISTS {table} (asked BLOB PRIMARY KEY, answer BLOB) WITHOUT ROWID")

    def get(self, asked: bytes) -> bytes | None:
        """What was answered to that, if it was asked before."""
        found = self._line.execute(f"SELECT answer FROM {self._table} WHERE asked = ?", (asked,)).fetchone()  # noqa: S608
        return bytes(found[0]) if found else None

    def keep(self, answers: Mapping[bytes, bytes]) -> None:
        """Remember these answers."""
        with self._line:
            self._line.executemany(f"INSERT OR IGNORE INTO {self._table} VALUES (?, ?)", answers.items())  # noqa: S608


@contextmanager
def memory() -> Iterator[sqlite3.Connection]:
    """Where everything is remembered, for the length of the block."""
    with closing(sqlite3.connect(shelf() / "answers", timeout=30, check_same_thread=False)) as line:
        for pragma in ("journal_mode=WAL", "synchronous=OFF"):
            line.execute(f"PRAGMA {pragma}")
        yield line
