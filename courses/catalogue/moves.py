"""Lessons that moved to another key: what members did there goes with them, and old editions know them by old keys."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app
from sqlalchemy import update
from sqlalchemy.orm import Session

from courses.catalogue import library
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse

Mover = Callable[[Session, str, str, str], None]
"""Gives rows of a course, old key, new key to the new key; called again it finds nothing to do."""


def add(table: str, mover: Mover) -> None:
    """Let rows of this table that name a lesson follow it, in the application being built."""
    movers()[table] = mover


def plain(model: Any) -> Mover:  # noqa: ANN401  any table that names a lesson of a course
    """A mover for a table in which any number of rows may name one lesson."""

    def move(session: Session, slug: str, old: str, new: str) -> None:
        session.execute(update(model).where(model.course_slug == slug, model.lesson_key == old).values(lesson_key=new))

    return move


def movers() -> dict[str, Mover]:
    """Every mover by its table."""
    found: dict[str, Mover] = current_app.extensions.setdefault("courses.moves", {})
    return found


def follow(session: Session, slug: str, moved: Mapping[str, str]) -> None:
    """Let everything that names an old key name the new one."""
    for old, new in moved.items():
        for mover in movers().values():
            mover(session, slug, old, new)


def lesson_then(session: Session, edition: LiveCourse, key: str) -> Lesson | None:
    """The lesson of an earlier edition that goes by this key now: by the same one, or by one it moved away from."""
    return edition.lessons.get(key) or _under_old_key(session, edition, key)


def _under_old_key(session: Session, edition: LiveCourse, key: str) -> Lesson | None:
    live = library.live_course(session, edition.slug)
    newest = live.edition_number if live else 0
    for number in range(newest, edition.edition_number, -1):
        later = library.edition(session, edition.slug, number)
        moved = later.course.moved if later else {}
        for old, new in moved.items():
            if new == key and old in edition.lessons:
                return edition.lessons[old]
    return None
