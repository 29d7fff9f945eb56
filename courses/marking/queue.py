"""The queue as its page shows it, and the bookmark that leads to the next page of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import url_for

from academy.errors import NotFound
from academy.i18n import Text, date_and_time
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.catalogue.content import Kind
from courses.catalogue.library import LiveCourse
from courses.marking.queries import PAGE, Place, Waiting
from courses.tasks.models import Stage

ENDPOINTS = {"quizzes": "marking.answer", "tasks": "marking.task"}
KINDS: Mapping[str, Text] = {"quizzes": _l("Open answer"), "tasks": _l("Task")}
STAGES: Mapping[str, Text] = {
    Stage.SECOND: _l("Needs a second marker"),
    Stage.THIRD: _l("The two markers are far apart"),
}
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


def rows(
    found: Sequence[Waiting],
    courses: Mapping[str, LiveCourse],
    languages: Sequence[str],
    me: int = 0,
    narrowed: Mapping[str, str] | None = None,
) -> list[Row]:
    """One page of the queue in words."""
    return [_row(each, courses.get(each.course_slug), languages, me, narrowed or {}) for each in found[:PAGE]]


def _row(
    waiting: Waiting, live: LiveCourse | None, languages: Sequence[str], me: int, narrowed: Mapping[str, str]
) -> Row:
    lesson = live.lessons.get(waiting.lesson_key) if live else None
    course = live.course.text(*languages).title if live else waiting.course_slug
    return Row(
        lesson.text(*languages).title if lesson else waiting.lesson_key,
        address(waiting, narrowed),
        (waiting.learner or _("Name hidden"), course, date_and_time(waiting.since), *_more(waiting, me)),
        str(KINDS[waiting.feature]),
    )


def address(waiting: Waiting, narrowed: Mapping[str, str]) -> str:
    """Where a piece of work is marked, with what the queue was narrowed to."""
    return url_for(ENDPOINTS[waiting.feature], number=waiting.id, **dict(narrowed))  # type: ignore[arg-type]


def queue_url(narrowed: Mapping[str, str], after: str = "") -> str:
    """The queue, narrowed to this, from this bookmark on."""
    arguments = {**narrowed, "after": after} if after else dict(narrowed)
    return url_for("marking.index", **arguments)  # type: ignore[arg-type]


def _more(waiting: Waiting, me: int) -> list[str]:
    found = [_("Late")] if waiting.late else []
    if waiting.stage in STAGES:
        found.append(str(STAGES[waiting.stage]))
    if waiting.claimed_by == me:
        found.append(_("You are marking this"))
    elif waiting.claimed_by is not None:
        found.append(_("%(name)s is marking this", name=waiting.claimed_name or _("Somebody else")))
    return found


def markable(live: LiveCourse, languages: Sequence[str]) -> list[tuple[str, str]]:
    """The lessons of a course whose work can wait for marks."""
    kinds = {Kind.QUIZ, Kind.TASK}
    return [(key, lesson.text(*languages).title) for key, lesson in live.lessons.items() if lesson.kind in kinds]


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
