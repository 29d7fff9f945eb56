"""Whom another edition affects: the features that know learners say so, the page of publishing asks them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from courses.catalogue.content import Course


@dataclass(frozen=True, slots=True)
class Figure:
    """So many, of what, and what becomes of them: finished words in the reader's language."""

    number: int
    label: str
    note: str = ""


Changes = Callable[[Session, Course, Course], list[Figure]]
Figures = Callable[[Session, str], list[Figure]]
Records = Callable[[Session, str, Collection[str]], Mapping[str, int]]
Audience = Callable[[Session, str], Collection[int]]


def add_figures(name: str, figures: Figures) -> None:
    """Let this count whom it concerns, in a course, in the application being built."""
    _registry("figures")[name] = figures


def add_changes(name: str, changes: Changes) -> None:
    """Let this count what the difference between what learners read and a draft does to what was done."""
    _registry("changes")[name] = changes


def add_records(name: str, records: Records) -> None:
    """Let this count, for each of these lessons of a course, how many members have something there."""
    _registry("records")[name] = records


def add_audience(name: str, audience: Audience) -> None:
    """Let this name the members who take a course now."""
    _registry("audience")[name] = audience


def figures_of(session: Session, slug: str) -> list[Figure]:
    """Whom another edition of a course concerns."""
    return [figure for figures in _registry("figures").values() for figure in figures(session, slug)]


def changes_of(session: Session, old: Course, new: Course) -> list[Figure]:
    """What the difference between two editions does to what was done; nothing where it touches nobody."""
    found = [figure for changes in _registry("changes").values() for figure in changes(session, old, new)]
    return [figure for figure in found if figure.number]


def records_in(session: Session, slug: str, keys: Collection[str]) -> dict[str, int]:
    """How many members have something in each of these lessons: the largest number that any feature knows."""
    found = dict.fromkeys(keys, 0)
    for records in _registry("records").values() if keys else ():
        for key, count in records(session, slug, keys).items():
            found[key] = max(found.get(key, 0), count)
    return found


def learners_of(session: Session, slug: str) -> set[int]:
    """Everybody who takes a course now."""
    return {member for audience in _registry("audience").values() for member in audience(session, slug)}


def _registry(name: str) -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = current_app.extensions.setdefault(f"courses.publishing.{name}", {})
    return found
