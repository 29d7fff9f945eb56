"""Somebody at the door of a course: who, which course, and whether they have a place in it."""

from dataclasses import dataclass

from academy import db
from academy.errors import NotFound
from academy.i18n import current_code, reading_order
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import reveal
from courses.catalogue import library
from courses.catalogue.content import CourseText, Status
from courses.catalogue.library import LiveCourse
from courses.enrolment import queries, rules
from courses.enrolment.rules import Place


@dataclass(frozen=True, slots=True)
class Visit:
    """Who stands before which course."""

    actor: Actor
    live: LiveCourse
    place: Place | None
    languages: tuple[str, ...]

    @property
    def text(self) -> CourseText:
        """The course's words in the reader's language."""
        return self.live.course.text(*self.languages)

    @property
    def title(self) -> str:
        """The course's title in the reader's language."""
        return self.text.title

    @property
    def has_place(self) -> bool:
        """Whether the place is taken now."""
        return self.place is not None and self.place.active

    @property
    def takes_learners(self) -> bool:
        """Whether the course takes anybody now."""
        return self.live.status is Status.PUBLISHED


def visit(slug: str) -> Visit:
    """Whoever asks at the door of this course; NotFound if it does not exist for them. Takes no write lock."""
    actor = signed_in_actor()
    with db.glance() as session:
        live = library.live_course(session, slug)
        place = queries.place_of(session, actor.id, slug)
    if live is None:
        raise NotFound
    reveal(rules.may_see(actor, live))
    return Visit(actor, live, place, reading_order(current_code()))
