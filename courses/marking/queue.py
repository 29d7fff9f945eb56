"""The queue as its page shows it, and the bookmark that leads to the next page of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import url_for

from academy.errors import NotFound
from academy.i18n import Text, date_and_time
from academy.i18n import lazy_gettext as _l
from courses.catalogue.library import LiveCourse
from courses.marking.queries import PAGE, Place, Waiting

ENDPOINTS = {"quizzes": "marking.answer", "tasks": "marking.task"}
KINDS: Mapping[str, Text] = {"quizzes": _l("Open answer"), "tasks": _l("Task")}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BOOKMARK = re.compile(r"(?P<since>[0-9]{1,16})-(?P<feature>quizzes|tasks)-(?P<id>[0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    title: str
    url: str
    facts: tuple[str, ...]
    kind: str


def rows(found: Sequence[Waiting], courses: Mapping[str, LiveCourse], languages: Sequence[str]) -> list[Row]:
    """One page of the queue in words."""
    return [_row(each, courses.get(each.course_slug), languages) for each in found[:PAGE]]


def _row(waiting: Waiting, live: LiveCourse | None, languages: Sequence[str]) -> Row:
    lesson = live.lessons.get(waiting.lesson_key) if live else None
    course = live.course.text(*languages).title if live else waiting.course_slug
    return Row(
        lesson.text(*languages).title if lesson else waiting.lesson_key,
        url_for(ENDPOINTS[waiting.feature], number=waiting.id),
        (waiting.learner, course, date_and_time(waiting.since)),
        str(KINDS[waiting.feature]),
    )


def following(found: Sequence[Waiting]) -> str:
    """The bookmark of the next page, or '' at the end."""
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1].place
    return f"{(last.since - EPOCH) // MICROSECOND}-{last.feature}-{last.id}"


def place_of(bookmark: str) -> Place | None:
    """The place a bookmark stands for; None at the beginning."""
    if not bookmark:
        return None
    read = BOOKMARK.fullmatch(bookmark)
    if read is None:
        raise NotFound
    return Place(EPOCH + int(read["since"]) * MICROSECOND, read["feature"], int(read["id"]))
