"""Tallies of tries in the site's own database, exact over all its processes."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Engine, Float, Integer, Table, bindparam, case, delete, literal_column, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Database, Line
from academy.dialects import insert_into


class Tally(Base):
    """How often one thing was tried since its window opened; the key is a keyed hash, so it names nobody."""

    __tablename__ = "limit_tally"

    key: Mapped[Line] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
    closes_at: Mapped[float] = mapped_column(Float(53), index=True)  # seconds since 1970, as the library counts


@dataclass(frozen=True, slots=True)
class Window:
    """One key, how long its window lasts in seconds, and how many tries it takes."""

    key: str
    seconds: int
    most: int = 0


class Tallies(ABC):
    """Where tries are counted; a window begins with its first try."""

    @abstractmethod
    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try; a closed window opens anew. Returns the tries so far."""

    @abstractmethod
    def get(self, key: str) -> int:
        """The tries so far in the open window."""

    @abstractmethod
    def get_expiry(self, key: str) -> float:
        """When the window closes, in seconds since 1970."""

    @abstractmethod
    def clear(self, key: str) -> None:
        """Forget one tally."""

    @abstractmethod
    def check(self) -> bool:
        """Whether the tallies can be reached now."""

    def incr_each(self, windows: Sequence[Window]) -> list[int]:
        """Count a try in one window after another, up to the first that is over; returns the tries so far of each."""
        return _until_over(windows, lambda window: self.incr(window.key, window.seconds))

    def excuse(self, given_back: Sequence[Window], forgotten: Sequence[Window]) -> None:
        """Take a try off these, and everything off those."""
        for window in given_back:
            self.incr(window.key, window.seconds, -1)
        for window in forgotten:
            self.clear(window.key)


def _until_over(windows: Sequence[Window], count: Callable[[Window], int]) -> list[int]:
    counted: list[int] = []
    for window in windows:
        counted.append(count(window))
        if counted[-1] > window.most:
            break
    return counted


_tally = cast("Table", Tally.__table__)
_FORGET = delete(_tally).where(_tally.c.key == bindparam("name"))


def _counting(engine: Engine) -> Any:  # noqa: ANN401  the insert of either dialect
    first = insert_into(_tally, engine).values(
        key=bindparam("name"), times=bindparam("first"), closes_at=bindparam("until")
    )
    open_still = _tally.c.closes_at > bindparam("now", type_=Float)
    more = _tally.c.times + bindparam("amount", type_=Integer)
    return first.on_conflict_do_update(
        index_elements=[_tally.c.key],
        set_={
            "times": case((open_still, more), else_=first.excluded.times),
            "closes_at": case((open_still, _tally.c.closes_at), else_=first.excluded.closes_at),
        },
    ).returning(literal_column("times"))


class SqlStorage(Tallies):
    """Tallies in the site's database: one upsert a try, in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counting = _counting(database.engine)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try; a closed window opens anew. Returns the tries so far."""
        with self._database.line() as line:
            return self._count(line, Window(key, expiry), amount)

    def incr_each(self, windows: Sequence[Window]) -> list[int]:
        """Several in one transaction: its commit is what costs."""
        with self._database.line() as line:
            return _until_over(windows, lambda window: self._count(line, window, 1))

    def excuse(self, given_back: Sequence[Window], forgotten: Sequence[Window]) -> None:
        """Both in one transaction."""
        with self._database.line() as line:
            for window in given_back:
                self._count(line, window, -1)
            for window in forgotten:
                line.execute(_FORGET, {"name": window.key})

    def _count(self, line: Connection, window: Window, amount: int) -> int:
        now = time.time()
        known = {"name": window.key, "first": max(amount, 0), "until": now + window.seconds, "now": now}
        return cast("int", line.execute(self._counting, {**known, "amount": amount}).scalar_one())

    def get(self, key: str) -> int:
        """The tries so far in the open window."""
        with self._database.reading() as session:
            times = select(Tally.times).where(Tally.key == key, Tally.closes_at > time.time())
            return session.scalar(times) or 0

    def get_expiry(self, key: str) -> float:
        """When the window closes, in seconds since 1970."""
        with self._database.reading() as session:
            return session.scalar(select(Tally.closes_at).where(Tally.key == key)) or time.time()

    def check(self) -> bool:
        """Whether the database answers."""
        with self._database.reading() as session:
            return session.scalar(select(literal_column("1"))) == 1

    def clear(self, key: str) -> None:
        """Forget one tally."""
        self.excuse((), (Window(key, 0),))

    def forget_the_closed(self) -> None:
        """Remove windows that closed; the worker asks for it now and then."""
        with self._database.line() as line:
            line.execute(delete(_tally).where(_tally.c.closes_at < time.time()))
