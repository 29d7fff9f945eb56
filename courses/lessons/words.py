"""How a course page speaks: its facts, its rules, the checklist in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for

from academy.i18n import duration, file_size, long_date, ngettext, number, percent
from academy.i18n import gettext as _
from courses.catalogue import words
from courses.catalogue.content import Course, Kind, Lesson
from courses.catalogue.library import LiveCourse
from courses.lessons.dues import Day
from courses.lessons.outline import lesson_url
from courses.progress.rules import Checklist, Item, ItemState
from courses.release import words as release
from courses.release.gates import OPEN, Gate
from courses.release.rules import Closed, Need


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the checklist as it is drawn."""

    title: str
    done: bool
    why: str
    url: str
    number: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to be finished first: a lesson, or a module with how much of it is left."""

    title: str
    url: str
    left: str


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
    live: LiveCourse,
    ticks: Checklist,
    languages: Sequence[str],
    days: Callable[[str], Day | None] = lambda _key: None,
    gate: Gate = OPEN,
) -> list[Row]:
    """The checklist line by line, each with what is open and exactly why; `days` tells when a lesson is due.

    Where the next lesson is behind the `gate`, its line says when that opens.
    """
    return [
        _shut_row(live, item, languages, gate.closed[item.lesson.key])
        if item.lesson and item.state is ItemState.OPEN and item.lesson.key in gate.closed
        else _row(live, item, languages, days)
        for item in ticks.items
    ]


def _shut_row(live: LiveCourse, item: Item, languages: Sequence[str], closed: Closed) -> Row:
    title, lesson = release.titles(live, languages), item.lesson
    name, url = (title(lesson.key), lesson_url(live.slug, lesson)) if lesson else ("", "")
    if item.kind is Kind.QUIZ:
        return Row(name, done=False, why=release.short(closed, title), url=url, number="")
    count = _("%(have)s of %(need)s", have=number(item.have), need=number(item.need))
    return Row(_TITLES[item.kind](), done=False, why=release.next_opening(closed, name, title), url=url, number=count)


def opening_next(live: LiveCourse, gate: Gate, languages: Sequence[str]) -> str:
    """Which lesson opens next, and when, in a sentence; '' if none is closed."""
    if not gate.closed:
        return ""
    title, key = release.titles(live, languages), gate.opening_next
    return release.next_opening(gate.closed[key], title(key), title)


def opens(closed: Closed) -> str:
    """From when on a lesson is open, in a sentence; '' when no day is the reason."""
    return _("It opens on %(day)s.", day=release.day_of(closed)) if closed.at else ""


def why_then(closed: Closed) -> str:
    """Why on that day, in a sentence; '' when no day is the reason."""
    return str(release.WHY[closed.why]) if closed.at else ""


def to_do_first(live: LiveCourse, closed: Closed, gate: Gate, languages: Sequence[str]) -> list[ToDo]:
    """What has to be finished before a lesson opens, each with the lesson to go on with."""
    title = release.titles(live, languages)
    return [_to_do(live, need, gate, title) for need in closed.needs]


def _to_do(live: LiveCourse, need: Need, gate: Gate, title: Callable[[str], str]) -> ToDo:
    first = next((key for key in need.left if key not in gate.closed), need.left[0])
    left = (
        "" if need.target in live.lessons else ngettext("%(num)s lesson left", "%(num)s lessons left", len(need.left))
    )
    return ToDo(title(need.target), lesson_url(live.slug, live.lessons[first]), left)


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
