"""Find a course and a lesson for whoever asks, and decide how much of it they may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from academy import db
from academy.errors import NotFound
from academy.i18n import current_code, reading_order
from academy.people.actor import Actor
from academy.people.guards import reveal
from courses.catalogue import library
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.enrolment import rules as enrolment
from courses.enrolment.rules import Place
from courses.progress.queries import Standing, standing_of
from courses.progress.rules import Done


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits: the course, how they stand in it, the languages they read."""

    live: LiveCourse
    standing: Standing | None
    languages: tuple[str, ...]
    may_study: bool

    @property
    def done(self) -> Mapping[str, Done]:
        """What whoever sits here did so far."""
        return self.standing.done if self.standing else {}


def languages_for(live: LiveCourse) -> tuple[str, ...]:
    """The languages in which the reader at hand gets this course, best first."""
    return (*reading_order(current_code()), live.course.language)


def take_seat(slug: str, actor: Actor | None) -> Seat:
    """The course for whoever asks; a draft does not exist for those who do not teach it."""
    live = library.live_course(db.session, slug)
    if live is None:
        raise NotFound
    reveal(enrolment.may_see(actor, live))
    standing = standing_of(db.session, actor.id, slug) if actor else None
    place = Place(standing.enrolled_at, standing.left_at) if standing else None
    return Seat(live, standing, languages_for(live), enrolment.may_study(actor, place, slug))


def lesson_in(live: LiveCourse, module: str, slug: str) -> Lesson:
    """The lesson at this place of the course, or NotFound."""
    lesson = live.lessons.get(f"{module}/{slug}")
    if lesson is None:
        raise NotFound
    return lesson
