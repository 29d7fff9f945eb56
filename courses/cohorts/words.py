"""Courses as the pages of those who run the place name them."""

from sqlalchemy.orm import Session

from academy.i18n import current_code, reading_order
from courses.catalogue import library
from courses.catalogue.library import LiveCourse


def title_of(live: LiveCourse) -> str:
    """The title of a course in the reader's language."""
    return live.course.text(*reading_order(current_code())).title


def course_titles(session: Session) -> dict[str, str]:
    """The title of every course that has an edition, by slug."""
    return {slug: title_of(live) for slug, live in library.live_courses(session).items()}
