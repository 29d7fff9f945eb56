"""What features add to the demo, and to the many rows of measurements: each tells its part after the courses' story."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

Chapter = Callable[[Session, Mapping[str, int], datetime], None]
"""Gets the demo people's numbers by their short names (`learner`, `alumnus`, ...), and the moment of the demo."""
Crowd = Callable[[Session, Sequence[int], datetime], None]
"""Gets the numbers of a thousand new members."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long work: what it is, how much there is of it, and doing it; each step says how much it did."""

    name: str
    length: int
    steps: Iterator[int]


@dataclass(frozen=True, slots=True)
class Many:
    """So many topics and posts, by these members."""

    topics: int
    posts: int
    member_ids: Sequence[int]
    now: datetime


Talk = Callable[[Many], Iterator[Part]]
"""Makes very many topics and posts for measurements, in transactions of its own."""


def add_chapter(chapter: Chapter) -> None:
    """Let this happen at the end of the demo, in the order in which features join."""
    _chapters().append(chapter)


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let every chapter happen."""
    for chapter in _chapters():
        chapter(session, people, now)


def add_crowd(crowd: Crowd) -> None:
    """Let this be done for each thousand members whom `flask bench seed --learners` adds."""
    _crowds().append(crowd)


def join(session: Session, member_ids: Sequence[int], now: datetime) -> None:
    """Let all features fill in what they know of these new members."""
    for crowd in _crowds():
        crowd(session, member_ids, now)


def add_talk(talk: Talk) -> None:
    """Let this be done by `flask bench seed --topics`."""
    current_app.extensions.setdefault("academy.bench_talks", []).append(talk)


def talk(many: Many) -> Iterator[Part]:
    """The parts of making so many topics and posts, to be done one after another."""
    talks: list[Talk] = current_app.extensions.get("academy.bench_talks", [])
    for each in talks:
        yield from each(many)


def _chapters() -> list[Chapter]:
    chapters: list[Chapter] = current_app.extensions.setdefault("academy.demo_chapters", [])
    return chapters


def _crowds() -> list[Crowd]:
    crowds: list[Crowd] = current_app.extensions.setdefault("academy.bench_crowds", [])
    return crowds
