"""Writers on SQLite take turns: nobody is overtaken for long, nobody waits behind a process that died."""

import multiprocessing
import os
import signal
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table, update
from sqlalchemy.exc import OperationalError

from academy import sqlite
from academy.db import Base, Database, open_database
from academy.sqlite import dbapi
from academy.web.tallies import Tally

TRIES, OVERTAKEN = 25, 3
_tally: Table = Tally.__table__  # type: ignore[assignment]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database of this test alone, with one row."""
    made = open_database(f"sqlite:///{tmp_path / 'turns.db'}")
    Base.metadata.create_all(made.engine, tables=[_tally])
    with made.transaction() as session:
        session.add(Tally(key="one", times=0, closes_at=0.0))
    yield made
    made.dispose()


def write(database: Database) -> None:
    with database.transaction() as session:
        session.execute(update(_tally).values(times=_tally.c.times + 1))


class Greedy(threading.Thread):
    """Writes again and again without a pause."""

    def __init__(self, database: Database) -> None:
        super().__init__(daemon=True)
        self.database, self.written, self.enough = database, 0, threading.Event()

    def run(self) -> None:
        """Write until told that it is enough."""
        while not self.enough.is_set():
            write(self.database)
            self.written += 1


def test_who_writes_without_a_pause_lets_others_in(database: Database) -> None:
    greedy = Greedy(database)
    greedy.start()
    overtaken = []
    for _ in range(TRIES):
        time.sleep(0.005)
        before = greedy.written
        write(database)
        overtaken.append(greedy.written - before)
    greedy.enough.set()
    greedy.join()
    assert statistics.median(overtaken) <= OVERTAKEN, overtaken


def _stand_in_line(url: str, ready: "multiprocessing.Queue[int]") -> None:
    database = open_database(url)
    ready.put(os.getpid())
    write(database)


def test_nobody_waits_behind_a_process_that_was_killed_in_the_line(database: Database) -> None:
    context = multiprocessing.get_context("spawn")
    ready: multiprocessing.Queue[int] = context.Queue()
    waiting = context.Process(target=_stand_in_line, args=(str(database.engine.url), ready))
    with closing(dbapi.connect(str(database.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting.start()
        pid = ready.get(timeout=60)
        time.sleep(0.3)
        os.kill(pid, signal.SIGKILL)
        waiting.join()
        other.execute("ROLLBACK")
    began = time.monotonic()
    write(database)
    assert time.monotonic() - began < sqlite.PATIENCE / 2


def test_who_waited_in_vain_is_told_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.2)
    with closing(dbapi.connect(str(database.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            write(database)
        with database.reading() as session:
            assert session.get_one(Tally, "one").times == 0, "reading goes on meanwhile"
        other.execute("ROLLBACK")
    write(database)
