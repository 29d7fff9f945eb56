"""What waits for somebody on the page of those who teach: the features that own the work say so, the page asks them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from academy.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing to do: finished words in the reader's language, where it is done, since when it waits."""

    title: str
    url: str
    since: datetime


Waiting = Callable[[Session, Actor], list[Waits]]


def add(name: str, waiting: Waiting) -> None:
    """Let this say what waits for somebody, in the application being built."""
    _all()[name] = waiting


def waiting_for(session: Session, actor: Actor) -> list[Waits]:
    """Everything that waits for this person, the longest wait first."""
    found = [each for waiting in _all().values() for each in waiting(session, actor)]
    return sorted(found, key=lambda each: each.since)


def _all() -> dict[str, Waiting]:
    found: dict[str, Waiting] = current_app.extensions.setdefault("courses.waiting", {})
    return found
