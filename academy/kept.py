"""What a process keeps because it was costly to make: a dict that never grows beyond its bound."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from flask import g, has_app_context

K = TypeVar("K")
V = TypeVar("V")
_lock = Lock()


def keep(kept: dict[K, V], name: K, thing: V, most: int) -> V:
    """Keep a thing under its name, dropping the oldest beyond `most`; returns the thing, whoever drops it meanwhile."""
    if has_app_context() and "keeps_nothing" in g:
        return thing
    with _lock:
        if len(kept) >= most:
            kept.pop(next(iter(kept)))
        kept[name] = thing
    return thing


@contextmanager
def nothing_kept() -> Iterator[None]:
    """While something is drawn that nobody asks for again, such as a draft: it must not crowd out what is kept."""
    g.keeps_nothing = True
    try:
        yield
    finally:
        g.pop("keeps_nothing", None)
