"""Who may mark what. Pure."""

from collections.abc import Collection

from academy.people.actor import Actor
from courses.enrolment.rules import teaches


def may_mark(actor: Actor, course_slug: str, learner_id: int) -> bool:
    """Whoever teaches the course, but nobody their own work."""
    return teaches(actor, course_slug) and actor.id != learner_id


def courses_to_mark(actor: Actor) -> Collection[str] | None:
    """The slugs of the courses whose work somebody marks; None means all."""
    return None if actor.is_admin else actor.trained_courses
