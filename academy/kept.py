"""What a process keeps because it was costly to make: a dict that never grows beyond its bound."""

from threading import Lock
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
_lock = Lock()


def keep(kept: dict[K, V], name: K, thing: V, most: int) -> V:
    """Keep a thing under its name, dropping the oldest beyond `most`; returns the thing, whoever drops it meanwhile."""
    with _lock:
        if len(kept) >= most:
            kept.pop(next(iter(kept)))
        kept[name] = thing
    return thing
