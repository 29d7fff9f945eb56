"""What the pages of release share: the blueprint, the course, the table of rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint

from academy.i18n import current_code, reading_order
from academy.i18n import gettext as _
from courses.catalogue.library import LiveCourse
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
