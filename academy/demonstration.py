"""What features add to the demo, and to the many rows of measurements: each tells its part after the courses' story."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

Chapter = Callable[[Session, Mapping[str, int], datetime], None]
"""Gets the demo people's numbers by their short names (`learner`, `alumnus`, ...), and the moment of the demo."""
Crowd = Callable[[Session, Sequence[int], datetime], None]
"""Gets the numbers of a thousand new members."""


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


def _chapters() -> list[Chapter]:
    chapters: list[Chapter] = current_app.extensions.setdefault("academy.demo_chapters", [])
    return chapters


def _crowds() -> list[Crowd]:
    crowds: list[Crowd] = current_app.extensions.setdefault("academy.bench_crowds", [])
    return crowds
