"""How each kind of page is shown to learners: the features that own the pages say so, the workshop asks them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from academy.i18n import Text
from academy.people.actor import Actor
from courses.catalogue.content import Lesson
from courses.catalogue.library import LessonPage, LiveCourse


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a draft, rendered, and the reader who is imagined before it. `lesson` is None where it is none."""

    learner: Actor
    live: LiveCourse
    lesson: Lesson | None
    page: LessonPage
    languages: tuple[str, ...]
    now: datetime


Painter = Callable[[Shown], str]


@dataclass(frozen=True, slots=True)
class View:
    """One way in which learners meet a page: its name in addresses, its words, and who draws it."""

    name: str
    words: Text
    paint: Painter


def register(kind: str | None, *views: View) -> None:
    """Let these views show lessons of this kind (None: the course page, GUIDE: the guide) in the application."""
    _views()[kind] = views


def views_of(kind: str | None) -> tuple[View, ...]:
    """The views of this kind of page, the usual one first."""
    return _views()[kind]


def _views() -> dict[str | None, tuple[View, ...]]:
    views: dict[str | None, tuple[View, ...]] = current_app.extensions.setdefault("courses.previews", {})
    return views
