"""Tallies in Redis for several hosts; while Redis does not answer, the site's own database counts."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from limits.storage import RedisStorage

from academy.web.tallies import Tallies, Window

log = logging.getLogger("academy.limits")
Answer = TypeVar("Answer")
PATIENCE = 1.0
ASK_AGAIN_AFTER = 15.0
# A window begins with its first try and is never prolonged; what is given back makes no room for more than the limit.
COUNT = b"""
local times = redis.call('INCRBY', KEYS[1], ARGV[2])
if times < 0 then
    times = redis.call('INCRBY', KEYS[1], -times)
end
if redis.call('TTL', KEYS[1]) < 0 then
    redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return times
"""


class RedisTallies(RedisStorage, Tallies):
    """Tallies in Redis, asked once and not for long: a form must not hang because Redis does."""

    SCRIPT_INCR_EXPIRE = COUNT

    def __init__(self, url: str) -> None:
        options: dict[str, Any] = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": None}
        super().__init__(url, key_prefix="academy", **options)

    @property
    def fault(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What shows that Redis cannot count now."""
        return self.base_exceptions


class SharedTallies(Tallies):
    """Redis while it answers, else the database that all hosts share anyway: limits hold, tallies begin anew."""

    def __init__(self, shared: RedisTallies, spare: Tallies) -> None:
        self._shared, self._spare = shared, spare
        self._ask_again_at = 0.0

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try; returns the tries so far."""
        return self._ask(lambda tallies: tallies.incr(key, expiry, amount))

    def incr_each(self, windows: Sequence[Window]) -> list[int]:
        """Count a try in one window after another."""
        return self._ask(lambda tallies: tallies.incr_each(windows))

    def excuse(self, given_back: Sequence[Window], forgotten: Sequence[Window]) -> None:
        """Take a try off these, and everything off those."""
        self._ask(lambda tallies: tallies.excuse(given_back, forgotten))

    def get(self, key: str) -> int:
        """The tries so far in the open window."""
        return self._ask(lambda tallies: tallies.get(key))

    def get_expiry(self, key: str) -> float:
        """When the window closes, in seconds since 1970."""
        return self._ask(lambda tallies: tallies.get_expiry(key))

    def check(self) -> bool:
        """Whether Redis answers now; the site works without it."""
        return bool(self._shared.check())

    def clear(self, key: str) -> None:
        """Forget one tally."""
        self._ask(lambda tallies: tallies.clear(key))

    def _ask(self, question: Callable[[Tallies], Answer]) -> Answer:
        if time.monotonic() >= self._ask_again_at:
            try:
                return question(self._shared)
            except self._shared.fault as fault:
                self._ask_again_at = time.monotonic() + ASK_AGAIN_AFTER
                log.warning(
                    "Redis does not count (%s); the database does for %d s.", type(fault).__name__, ASK_AGAIN_AFTER
                )
        return question(self._spare)


def shared(url: str, spare: Tallies) -> SharedTallies:
    """Tallies in the Redis at this address, and in the spare ones while it does not answer."""
    return SharedTallies(RedisTallies(url), spare)
