"""Who may mark what. Pure."""

from collections.abc import Collection

from academy.people.actor import OWNER, Actor
from courses.catalogue.staff import MARKERS, courses_as, marks, owns
from courses.tasks.models import Stage


def may_mark(actor: Actor, course_slug: str, learner_id: int) -> bool:
    """Whoever marks for the course, but nobody their own work."""
    return marks(actor, course_slug) and actor.id != learner_id


def may_decide(actor: Actor, course_slug: str, stage: str, before: Collection[int | None]) -> bool:
    """Whether somebody's marks are asked for now: not twice by one person, and by an owner where two are far apart."""
    if actor.id in before:
        return False
    return stage != Stage.THIRD or owns(actor, course_slug)


def courses_to_mark(actor: Actor) -> Collection[str] | None:
    """The slugs of the courses whose work somebody marks; None means all."""
    return courses_as(actor, MARKERS)


def courses_owned(actor: Actor) -> Collection[str] | None:
    """The slugs of the courses somebody owns; None means all."""
    return courses_as(actor, (OWNER,))
