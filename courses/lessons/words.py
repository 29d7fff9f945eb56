"""How a course page speaks: its facts, its rules, the checklist in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for

from academy.i18n import duration, file_size, long_date, number, percent
from academy.i18n import gettext as _
from courses.catalogue import words
from courses.catalogue.content import Course, Kind, Lesson
from courses.catalogue.library import LiveCourse
from courses.lessons.dues import Day
from courses.lessons.outline import lesson_url
from courses.progress.rules import Checklist, Item, ItemState


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the checklist as it is drawn."""

    title: str
    done: bool
    why: str
    url: str
    number: str


def course_facts(live: LiveCourse, languages: Sequence[str]) -> list[str]:
    """The short facts under a course's title."""
    return [
        str(words.LEVELS[live.course.level]),
        words.lesson_count(live.course),
        words.hours(live.course),
        _("%(length)s of reading", length=duration(live.minutes(languages))),
        _("%(size)s in all", size=file_size(live.size(languages))),
        words.language_names(live.course),
    ]


def rules_of(course: Course) -> list[str]:
    """What earns the certificate."""
    return words.completion_words(course)


def preview_of(live: LiveCourse) -> str:
    """The address of the lesson that everyone may read, or ''."""
    found = next((lesson for lesson in live.course.lessons if lesson.preview), None)
    return lesson_url(live.slug, found) if found else ""


def checklist_rows(
    live: LiveCourse, ticks: Checklist, languages: Sequence[str], days: Callable[[str], Day | None] = lambda _key: None
) -> list[Row]:
    """The checklist line by line, each with what is open and exactly why; `days` tells when a lesson is due."""
    return [_row(live, item, languages, days) for item in ticks.items]


def _row(live: LiveCourse, item: Item, languages: Sequence[str], days: Callable[[str], Day | None]) -> Row:
    done = item.state is ItemState.DONE
    url = lesson_url(live.slug, item.lesson) if item.lesson else url_for("lessons.index", slug=live.slug)
    if item.kind is Kind.QUIZ and item.lesson is not None:
        return Row(item.lesson.text(*languages).title, done, quiz_why(item), url, "")
    count = _("%(have)s of %(need)s", have=number(item.have), need=number(item.need))
    day = days(item.lesson.key) if item.lesson else None
    return Row(_TITLES[item.kind](), done, "" if done else why(item, languages, day), url, count)


def _reading() -> str:
    return _("Read the lessons")


def _tasks() -> str:
    return _("Practical work")


def _sessions() -> str:
    return _("Live sessions")


_TITLES = {Kind.READING: _reading, Kind.TASK: _tasks, Kind.SESSION: _sessions}


def why(item: Item, languages: Sequence[str], day: Day | None = None) -> str:
    """What is open in a line that counts lessons."""
    lesson: Lesson | None = item.lesson
    if item.state is ItemState.WAITING:
        return _("Handed in. A trainer will look at it.")
    if lesson is None:
        return ""
    title = lesson.text(*languages).title
    if day is not None:
        return _("Next: %(title)s, due on %(day)s", title=title, day=long_date(day.at))
    return _("Next: %(title)s", title=title)


def quiz_why(item: Item) -> str:
    """How a quiz stands."""
    if item.state is ItemState.WAITING:
        return _("Handed in. A trainer will mark the open answer.")
    if not item.attempted:
        return _("Not taken yet. It needs %(need)s.", need=percent(item.need))
    if item.state is ItemState.OPEN:
        return _("Your best so far is %(have)s. It needs %(need)s.", have=percent(item.have), need=percent(item.need))
    return _("Passed with %(have)s.", have=percent(item.have))
