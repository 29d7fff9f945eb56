"""Who may mark what. Pure."""

from collections.abc import Collection

from academy.people.actor import Actor
from courses.catalogue.staff import MARKERS, courses_as, marks


def may_mark(actor: Actor, course_slug: str, learner_id: int) -> bool:
    """Whoever marks for the course, but nobody their own work."""
    return marks(actor, course_slug) and actor.id != learner_id


def courses_to_mark(actor: Actor) -> Collection[str] | None:
    """The slugs of the courses whose work somebody marks; None means all."""
    return courses_as(actor, MARKERS)
