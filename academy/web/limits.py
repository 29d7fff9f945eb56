"""How often something may be tried: exact over all processes, on the site's own database or on Redis."""

import hashlib
import hmac
import math
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import cast

from flask import Flask, current_app, g, request
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Float, Integer, case, delete, literal_column, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Database, Line
from academy.dialects import insert_into
from academy.errors import TooMany
from academy.settings import Settings
from academy.web.shared_tallies import RedisTallies, SharedTallies

NEIGHBOURHOOD = 64  # one household or phone holds a whole /64 of version 6


class Tally(Base):
    """How often one thing was tried since its window opened; the key is a keyed hash, so it names nobody."""

    __tablename__ = "limit_tally"

    key: Mapped[Line] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
    closes_at: Mapped[float] = mapped_column(Float(53), index=True)  # seconds since 1970, as the library counts


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries within so many seconds, for each `whose`."""

    name: str
    times: int
    seconds: int

    @property
    def item(self) -> RateLimitItem:
        """The same in the words of the library that counts."""
        return RateLimitItemPerSecond(self.times, self.seconds, namespace="academy")


class SqlStorage(Storage):
    """Tallies in the site's database: one upsert a try, in a transaction of its own."""

    STORAGE_SCHEME = None

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong underneath."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try; a closed window opens anew. Returns the tries so far."""
        now = time.time()
        first = insert_into(Tally, self._database.engine).values(key=key, times=max(amount, 0), closes_at=now + expiry)
        open_still = Tally.closes_at > now
        counted = first.on_conflict_do_update(
            index_elements=[Tally.key],
            set_={
                "times": case((open_still, Tally.times + amount), else_=first.excluded.times),
                "closes_at": case((open_still, Tally.closes_at), else_=first.excluded.closes_at),
            },
        ).returning(literal_column("times"))
        with self._database.transaction() as session:
            return cast("int", session.execute(counted).scalar_one())

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

    def reset(self) -> int | None:
        """Forget all tallies."""
        with self._database.transaction() as session:
            session.execute(delete(Tally))
        return None

    def clear(self, key: str) -> None:
        """Forget one tally."""
        with self._database.transaction() as session:
            session.execute(delete(Tally).where(Tally.key == key))

    def forget_the_closed(self) -> None:
        """Remove windows that closed; the worker asks for it now and then."""
        with self._database.transaction() as session:
            session.execute(delete(Tally).where(Tally.closes_at < time.time()))


def init_app(app: Flask, settings: Settings) -> None:
    """Count in the database, or in Redis when several hosts share one."""
    database: Database = app.extensions["academy.database"]
    storage: Storage = SqlStorage(database)
    if settings.redis_url:
        storage = SharedTallies(RedisTallies(settings.redis_url), spare=storage)
    app.extensions["academy.limits"] = FixedWindowRateLimiter(storage)


def _limiter() -> FixedWindowRateLimiter:
    return cast("FixedWindowRateLimiter", current_app.extensions["academy.limits"])


def answers() -> bool:
    """Whether what is meant to count does so now."""
    return bool(_limiter().storage.check())


def spend(limit: Limit, *whose: str | int) -> None:
    """Count one try for `whose`; raise TooMany, with the seconds to wait, when there were too many.

    Call it before anything is read through `db.session` in a request that writes: the tally must survive a
    refusal, so it is kept in a transaction of its own, which cannot begin while the request holds the write lock.
    """
    if request.method not in {"GET", "HEAD"} and "session" in g:
        raise RuntimeError("Count a try before the request's own transaction begins.")
    key = _key(limit, whose)
    if not _limiter().hit(limit.item, key):
        closes_at, _left = _limiter().get_window_stats(limit.item, key)
        raise TooMany(max(1, math.ceil(closes_at - time.time())))


def give_back(limit: Limit, *whose: str | int) -> None:
    """Take one try off again: it turned out to be a good one."""
    limiter, item = _limiter(), limit.item
    limiter.storage.incr(item.key_for(_key(limit, whose)), item.get_expiry(), -1)


def forget(limit: Limit, *whose: str | int) -> None:
    """Begin anew for `whose`."""
    _limiter().clear(limit.item, _key(limit, whose))


def client() -> str:
    """The network address that asks, as coarse as a household."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return f"{int(address) >> (128 - NEIGHBOURHOOD):x}"
    return str(address)


def _key(limit: Limit, whose: tuple[str | int, ...]) -> str:
    words = "\n".join((limit.name, *map(str, whose)))
    return hmac.new(str(current_app.secret_key).encode(), words.encode(), hashlib.sha256).hexdigest()
