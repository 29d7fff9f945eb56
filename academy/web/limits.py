"""How often something may be tried: exact over all processes, on the site's own database or on Redis."""

import hashlib
import hmac
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import cast

from flask import Flask, current_app, g, has_request_context, request

from academy.db import Database
from academy.errors import TooMany
from academy.later import loaded
from academy.settings import Settings
from academy.web.tallies import SqlStorage, Tallies, Window

NEIGHBOURHOOD = 64  # one household or phone holds a whole /64 of version 6


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries within so many seconds, for each `whose`."""

    name: str
    times: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Try:
    """A try that counts against a limit, and whose it is."""

    limit: Limit
    whose: tuple[str | int, ...]

    @property
    def window(self) -> Window:
        """Where it is counted."""
        return Window(_key(self.limit, self.whose), self.limit.seconds, self.limit.times)


def init_app(app: Flask, settings: Settings) -> None:
    """Count in the database, or in Redis when several hosts share one."""
    database: Database = app.extensions["academy.database"]
    tallies: Tallies = SqlStorage(database)
    if settings.redis_url:
        tallies = loaded("academy.web.shared_tallies:shared")(settings.redis_url, spare=tallies)
    app.extensions["academy.limits"] = tallies


def _tallies() -> Tallies:
    return cast("Tallies", current_app.extensions["academy.limits"])


def answers() -> bool:
    """Whether what is meant to count does so now."""
    return bool(_tallies().check())


def spend(limit: Limit, *whose: str | int) -> None:
    """Count one try for `whose`; raise TooMany, with the seconds to wait, when there were too many."""
    spend_each(Try(limit, whose))


def spend_each(*tries: Try) -> None:
    """Count one try after another, up to the first that is one too many: it raises TooMany.

    Call it before anything is read through `db.session` in a request that writes: the tally must survive a
    refusal, so it is kept in a transaction of its own, which cannot begin while the request holds the write lock.
    """
    if has_request_context() and request.method not in {"GET", "HEAD"} and "session" in g:
        raise RuntimeError("Count a try before the request's own transaction begins.")
    windows = [each.window for each in tries]
    counted = _tallies().incr_each(windows)
    last = windows[len(counted) - 1]
    if counted[-1] > last.most:
        raise TooMany(max(1, math.ceil(_tallies().get_expiry(last.key) - time.time())))


def give_back(limit: Limit, *whose: str | int) -> None:
    """Take one try off again: it turned out to be a good one."""
    excuse(given_back=[Try(limit, whose)])


def forget(limit: Limit, *whose: str | int) -> None:
    """Begin anew for `whose`."""
    excuse(forgotten=[Try(limit, whose)])


def excuse(*, given_back: Sequence[Try] = (), forgotten: Sequence[Try] = ()) -> None:
    """Take one try off these, and begin anew for those."""
    _tallies().excuse([each.window for each in given_back], [each.window for each in forgotten])


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
    words = "\n".join(map(str, (limit.name, limit.seconds, limit.times, *whose)))
    return hmac.new(str(current_app.secret_key).encode(), words.encode(), hashlib.sha256).hexdigest()
