"""Find a course and a lesson for whoever asks, and decide how much of it they may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.routing import RequestRedirect

from academy import clock, db
from academy.errors import Forbidden, NotFound
from academy.i18n import current_code, reading_order
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from academy.people.guards import reveal
from courses.catalogue import library
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.enrolment import rules as enrolment
from courses.enrolment.rules import Place
from courses.lessons.queries import existed
from courses.progress.queries import Standing, standing_of
from courses.progress.rules import Done
from courses.release.gates import OPEN, Gate, gate_for

MOVED, MOVED_WITH_BODY = 301, 308


class Moved(RequestRedirect):
    """The lesson has another address for good. What was sent to the old one is sent to the new one."""

    def __init__(self, new_url: str) -> None:
        super().__init__(new_url)
        self.code = MOVED if request.method in {"GET", "HEAD"} else MOVED_WITH_BODY


class Retired(NotFound):
    """The lesson was part of the course once."""

    status = 410
    sentence = _l("This lesson is no longer part of the course. What you did in it is kept.")


class NotOpenYet(Forbidden):
    """Something was sent to a lesson that is not open to whoever sent it."""

    sentence = _l("This lesson is not open yet. Its page says when it opens.")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits: the course, how they stand in it, the languages they read, what is not open to them yet."""

    live: LiveCourse
    standing: Standing | None
    languages: tuple[str, ...]
    may_study: bool
    gate: Gate = OPEN

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
    gate = gate_for(db.session, actor, live, standing, clock.now()) if actor else OPEN
    return Seat(live, standing, languages_for(live), enrolment.may_study(actor, place, slug), gate)


def lesson_in(live: LiveCourse, module: str, slug: str) -> Lesson:
    """The lesson at this place of the course; Moved where it has another place now, Retired, or NotFound."""
    key = f"{module}/{slug}"
    lesson = live.lessons.get(key)
    if lesson is None:
        lead_on(live, key)
        if was_there(live, key) or existed(db.session, live.slug, key):
            raise Retired
        raise NotFound
    return lesson


def open_lesson_in(seat: Seat, module: str, slug: str) -> Lesson:
    """The lesson at this place, for whoever does something there; NotOpenYet, or what `lesson_in` raises."""
    lesson = lesson_in(seat.live, module, slug)
    if lesson.key in seat.gate.closed:
        raise NotOpenYet
    return lesson


def lead_on(live: LiveCourse, key: str) -> None:
    """Raise Moved if the lesson with this key has another one now: the same page under its new address."""
    new = live.course.moved.get(key)
    if new is not None:
        here = request.full_path.rstrip("?")
        base = f"/courses/{live.slug}/"
        raise Moved(here.replace(f"{base}{key}/", f"{base}{new}/", 1))


def was_there(live: LiveCourse, key: str) -> bool:
    """Whether the course says that a lesson with this key ended."""
    module, _slash, slug = key.partition("/")
    return bool({key, module, slug} & set(live.course.retired))
