"""The contents of a course, from lines drawn once for every state a lesson can be in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, get_template_attribute
from markupsafe import Markup

from academy import zones
from academy.i18n import current_code, duration
from academy.i18n import gettext as _
from academy.kept import keep
from courses.catalogue.content import Kind, Lesson, Module
from courses.catalogue.library import LiveCourse
from courses.catalogue.words import KINDS
from courses.lessons.outline import Outline, lesson_url
from courses.release import words as release
from courses.release.gates import OPEN, Gate
from courses.release.rules import Closed

STATES = ("done", "now", "todo")
MOST_KEPT, MOST_SHUT_KEPT = 200, 2000
Lines = Mapping[str, Mapping[str, Markup]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A module with the lines of its lessons."""

    title: str
    summary: str
    language: str
    lines: Markup


def contents(
    live: LiveCourse, outline: Outline, languages: Sequence[str], current: str, gate: Gate = OPEN
) -> list[Chapter]:
    """Each module with the lines of its lessons as they stand beside a lesson; the one at hand is marked."""
    lines = _lines(live, languages, "beside", lambda lesson: (lesson_url(live.slug, lesson), ""))
    return _chapters(live, outline, languages, lines, current, gate)


def chapters(
    live: LiveCourse, outline: Outline, languages: Sequence[str], *, may_study: bool, gate: Gate = OPEN
) -> list[Chapter]:
    """Each module with the lines of its lessons as the course page shows them: what kind, how long, what is open."""

    def address_and_note(lesson: Lesson) -> tuple[str, str]:
        opened = may_study or lesson.preview
        return lesson_url(live.slug, lesson) if opened else "", _note(live, lesson, languages, may_study=may_study)

    lines = _lines(live, languages, "open" if may_study else "closed", address_and_note)
    return _chapters(live, outline, languages, lines, "", gate)


def _note(live: LiveCourse, lesson: Lesson, languages: Sequence[str], *, may_study: bool) -> str:
    if lesson.preview and not may_study:
        return _("Open to everyone")
    if lesson.kind is Kind.READING:
        return duration(live.shelf.measure(lesson.key, languages).minutes)
    return str(KINDS[lesson.kind])


def _chapters(
    live: LiveCourse, outline: Outline, languages: Sequence[str], lines: Lines, current: str, gate: Gate
) -> list[Chapter]:
    states = {step.key: step.state for step in outline.steps} | ({current: "now"} if current else {})
    shut = {key: _shut_line(live, key, languages, states[key], closed) for key, closed in gate.closed.items()}
    return [_chapter(module, languages, lines, states, shut) for module in live.course.modules]


def _chapter(
    module: Module, languages: Sequence[str], lines: Lines, states: Mapping[str, str], shut: Mapping[str, Markup]
) -> Chapter:
    text = module.text(*languages)
    drawn = "".join([shut.get(lesson.key) or lines[lesson.key][states[lesson.key]] for lesson in module.lessons])
    return Chapter(text.title, text.summary, text.language, Markup(drawn))  # noqa: S704  lines of our macro


def _shut_line(live: LiveCourse, key: str, languages: Sequence[str], state: str, closed: Closed) -> Markup:
    """The line of a lesson that is not open yet: the reason stands in it, so it is drawn once for each reason."""
    kept: dict[tuple[object, ...], Markup] = current_app.extensions.setdefault("courses.contents.shut", {})
    name = (live.edition_id, live.shelf.digest, key, tuple(languages), current_code(), zones.current().key)
    found = kept.get((*name, state, closed))
    if found is None:
        lesson = live.lessons[key]
        note = release.short(closed, release.titles(live, languages))
        lines = _of_lesson(lesson, languages, lesson_url(live.slug, lesson), note)
        found = keep(kept, (*name, state, closed), lines[state], MOST_SHUT_KEPT)
    return found


def _lines(
    live: LiveCourse, languages: Sequence[str], place: str, address_and_note: Callable[[Lesson], tuple[str, str]]
) -> Lines:
    kept: dict[tuple[object, ...], Lines] = current_app.extensions.setdefault("courses.contents", {})
    key = (live.edition_id, live.shelf.digest, place, tuple(languages), current_code())
    found = kept.get(key)
    if found is None:
        lines = {
            name: _of_lesson(lesson, languages, *address_and_note(lesson)) for name, lesson in live.lessons.items()
        }
        found = keep(kept, key, lines, MOST_KEPT)
    return found


def _of_lesson(lesson: Lesson, languages: Sequence[str], url: str, note: str) -> Mapping[str, Markup]:
    draw = get_template_attribute("macros/outline.html", "outline_row")
    line = {"title": lesson.text(*languages).title, "url": url, "note": note}
    return {state: draw({**line, "state": state}) for state in STATES}
