"""What the worker can do: features add their handlers, pumps and intervals when the application is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from flask import current_app

ONCE = timedelta(days=200_000)  # the one interval that began in 1970
Values = Mapping[str, object]
Handler = Callable[[Values, datetime], None]
Pump = Callable[[datetime], object]


@dataclass(slots=True)
class Registry:
    """The handlers of jobs by name, the pumps that empty outboxes, and what happens at intervals."""

    handlers: dict[str, Handler] = field(default_factory=dict)
    pumps: dict[str, Pump] = field(default_factory=dict)
    intervals: dict[str, timedelta] = field(default_factory=dict)


def the_registry() -> Registry:
    """The registry of the application at hand."""
    return cast("Registry", current_app.extensions.setdefault("academy.jobs", Registry()))


def add_handler(name: str, handler: Handler) -> None:
    """Let jobs of this name be done by `handler(values, now)`.

    It runs in an application context, at least once, so doing it twice must be the same as doing it once; it opens
    its own transactions (`db.the_database().transaction()`). A handler that raises is tried again later.
    """
    the_registry().handlers[name] = handler


def add_pump(name: str, pump: Pump) -> None:
    """Let the worker call `pump(now)` every minute, and at once after `pokes.after_commit(name)`."""
    the_registry().pumps[name] = pump


def add_interval(name: str, handler: Handler, *, every: timedelta) -> None:
    """Let the worker do this once in every interval, on one host only; intervals begin at midnight UTC."""
    add_handler(name, handler)
    the_registry().intervals[name] = every


def add_once(name: str, handler: Handler) -> None:
    """Let the worker do this once and never again, on one host only: what a new version has to put right."""
    add_interval(name, handler, every=ONCE)
