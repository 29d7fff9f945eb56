"""What the pages of release share: the blueprint, the course, the table of rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint

from academy import db
from academy.errors import NotFound
from academy.i18n import current_code, reading_order
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, reveal
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of, teaches
from courses.catalogue.words import opening_words
from courses.release import words
from courses.release.gates import rulebook_of

bp = Blueprint("release", __name__, url_prefix="/teach/<slug>/release")
INVALID = 422
NUMBER = "<int(max=999999999999999):number>"


@dataclass(frozen=True, slots=True)
class Row:
    """A module or a lesson that does not open at once: what the course says of it."""

    target: str
    title: str
    is_module: bool
    rules: tuple[str, ...]


def taught_or_404(slug: str) -> LiveCourse:
    """The course with this slug if the asker looks after its learners; to strangers it does not exist."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    require(teaches(actor, slug))
    with db.glance() as session:
        live = library.live_course(session, slug)
    if live is None:
        raise NotFound
    return live


def title_of(live: LiveCourse) -> str:
    """The course's title in the reader's language."""
    return live.course.text(*reading_order(current_code())).title


def naming(live: LiveCourse) -> Callable[[str], str]:
    """What lessons and modules are called in the reader's language; '' is the whole course."""
    title = words.titles(live, reading_order(current_code()))
    return lambda target: title(target) if target else _("The whole course")


def rows_of(live: LiveCourse) -> list[Row]:
    """Every module and lesson that does not open at once, in the order of the course."""
    return list(_rows(live))


def _rows(live: LiveCourse) -> Iterator[Row]:
    held = {ruled.lesson.key for ruled in rulebook_of(live).ruled}
    title = naming(live)
    for module in live.course.modules:
        if module.opens:
            yield Row(module.slug, title(module.slug), True, tuple(opening_words(module.opens, title)))
        for lesson in module.lessons:
            if lesson.key in held:
                yield Row(lesson.key, title(lesson.key), False, tuple(opening_words(lesson.opens, title)))


def choices(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """What a form offers: modules, and lessons set off by a dash."""
    return [(row.target, row.title if row.is_module else f"– {row.title}") for row in rows]
