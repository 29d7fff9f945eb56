"""What each role in a course may do there; an admin may do all of it. Pure."""

from collections.abc import Collection

from academy.people.actor import COURSE_ROLES, MARKER, OWNER, REVIEWER, TRAINER, Actor

TEACHERS = (OWNER, TRAINER)
MARKERS = (OWNER, TRAINER, MARKER)
REVIEWERS = (OWNER, TRAINER, REVIEWER)


def _holds(actor: Actor | None, course_slug: str, names: Collection[str]) -> bool:
    return actor is not None and (actor.is_admin or actor.serves(course_slug, *names))


def is_staff_of(actor: Actor | None, course_slug: str) -> bool:
    """Whether somebody has a part in a course, and so sees it before it is published."""
    return _holds(actor, course_slug, COURSE_ROLES)


def teaches(actor: Actor | None, course_slug: str) -> bool:
    """Whether somebody writes the course and looks after its learners."""
    return _holds(actor, course_slug, TEACHERS)


def owns(actor: Actor | None, course_slug: str) -> bool:
    """Whether somebody decides who has a part in the course and how it is published."""
    return _holds(actor, course_slug, (OWNER,))


def marks(actor: Actor | None, course_slug: str) -> bool:
    """Whether somebody marks what the course's learners hand in."""
    return _holds(actor, course_slug, MARKERS)


def reviews(actor: Actor | None, course_slug: str) -> bool:
    """Whether somebody may pass judgement on a draft of the course."""
    return _holds(actor, course_slug, REVIEWERS)


def courses_as(actor: Actor, names: Collection[str]) -> Collection[str] | None:
    """The slugs of the courses in which somebody may do what these roles do; None means all."""
    return None if actor.is_admin else actor.courses_as(*names)
