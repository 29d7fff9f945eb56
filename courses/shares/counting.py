"""Counts of checks, kept in the process for a moment and written together: a page that is only read writes nothing."""

import atexit
import contextlib
import threading
import time
from collections import Counter
from datetime import datetime
from typing import Any, cast
from weakref import WeakSet

from flask import Flask, current_app
from sqlalchemy import Table, bindparam
from sqlalchemy.exc import SQLAlchemyError

from academy.db import Database
from academy.dialects import insert_into
from courses.shares.models import CertificateChecks

SECONDS = 20.0
_checks = cast("Table", CertificateChecks.__table__)
_everywhere: "WeakSet[Counts]" = WeakSet()


class Counts:
    """What one process counted and did not write yet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._pending: Counter[tuple[str, int]] = Counter()
        self._since = 0.0
        _everywhere.add(self)

    def add(self, code: str, month: int) -> None:
        """Count one check."""
        with self._lock:
            self._since = self._since or time.monotonic()
            self._pending[code, month] += 1

    def write_when_due(self) -> None:
        """Write what waited long enough."""
        if self._since and time.monotonic() - self._since > SECONDS:
            self.write()

    def write(self) -> None:
        """Write everything; what cannot be written now waits for the next time."""
        with self._lock:
            taken, self._pending, self._since = self._pending, Counter(), 0.0
        if not taken:
            return
        try:
            with self._database.line() as line:
                line.execute(_more(line), [{"c": code, "m": month, "n": n} for (code, month), n in taken.items()])
        except SQLAlchemyError:
            with self._lock:
                self._pending.update(taken)
                self._since = time.monotonic()


def _more(line: Any) -> Any:  # noqa: ANN401  the insert of either dialect
    first = insert_into(_checks, line).values(code=bindparam("c"), month=bindparam("m"), times=bindparam("n"))
    return first.on_conflict_do_update(
        index_elements=[_checks.c.code, _checks.c.month], set_={"times": _checks.c.times + first.excluded.times}
    )


def init_app(app: Flask) -> None:
    """Count for this application; counts are written after a later answer, or when the process ends."""
    counts = Counts(app.extensions["academy.database"])
    app.extensions["academy.checks"] = counts
    app.teardown_request(lambda _error: counts.write_when_due())


def the_counts() -> Counts:
    """The counts of the application at hand."""
    return cast("Counts", current_app.extensions["academy.checks"])


def month_of(moment: datetime) -> int:
    """The month as counts name it."""
    return moment.year * 100 + moment.month


@atexit.register
def _write_all() -> None:
    for counts in list(_everywhere):
        with contextlib.suppress(SQLAlchemyError, OSError):
            counts.write()
