"""Passwords: Argon2id with the parameters of docs/security.md, at most two hashes at once in a process."""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from academy.current import the_settings

STRONG = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # for tests alone
NONE_YET = "!"
_TWO_AT_ONCE = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """What is kept of a password. Slow on purpose: never call it while holding the write lock."""
    with _TWO_AT_ONCE:
        return _hasher().hash(_bytes(password))


def fits(password: str, kept: str) -> bool:
    """Whether this is the password; takes as long when there is nothing to compare it with (`kept` is '')."""
    hasher = _hasher()
    comparable = kept if kept.startswith("$argon2") else _decoy(hasher)
    with _TWO_AT_ONCE:
        try:
            hasher.verify(comparable, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return comparable is kept


def is_dated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def warm_up() -> None:
    """Make the decoy now, so that the first unknown address takes no longer than the second."""
    _decoy(_hasher())


@cache
def _decoy(hasher: PasswordHasher) -> str:
    return hasher.hash(b"nobody's password")


def _hasher() -> PasswordHasher:
    return CHEAP if the_settings().cheap_passwords else STRONG


def _bytes(password: str) -> bytes:
    # Keyboards spell the same letter differently: NFC is the only change made to what was typed.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
