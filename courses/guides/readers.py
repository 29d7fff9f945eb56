"""Who else reads guides: features that know people who run sessions of a course say so, the page asks them."""

from collections.abc import Callable, Collection
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

Courses = Callable[[Session, int, datetime], Collection[str]]


def add(name: str, courses: Courses) -> None:
    """Let this name the courses (slugs) whose guides a member may read, in the application being built."""
    _registry()[name] = courses


def courses_of(session: Session, member_id: int, now: datetime) -> set[str]:
    """The courses whose guides a member may read without a part in them."""
    return {slug for courses in _registry().values() for slug in courses(session, member_id, now)}


def _registry() -> dict[str, Courses]:
    found: dict[str, Courses] = current_app.extensions.setdefault("courses.guides.readers", {})
    return found
