"""How lessons that ask for more than reading are shown: each kind's feature registers its own panel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask.typing import ResponseReturnValue

from academy.people.actor import Actor
from courses.catalogue.content import Kind, Lesson
from courses.catalogue.library import LessonPage, LiveCourse
from courses.lessons.outline import Outline
from courses.progress.queries import Standing
from courses.release.gates import OPEN, Gate


@dataclass(frozen=True, slots=True)
class LessonContext:
    """A lesson as somebody who may study it sees it."""

    actor: Actor
    live: LiveCourse
    lesson: Lesson
    page: LessonPage
    standing: Standing | None
    languages: tuple[str, ...]
    outline: Outline
    now: datetime
    gate: Gate = OPEN


Panel = Callable[[LessonContext], ResponseReturnValue]


def register(kind: Kind, panel: Panel) -> None:
    """Let this function answer for lessons of this kind in the application being built."""
    _panels()[kind] = panel


def panel_of(kind: Kind) -> Panel | None:
    """The function that answers for this kind; None: the reading page does."""
    return _panels().get(kind)


def _panels() -> dict[Kind, Panel]:
    panels: dict[Kind, Panel] = current_app.extensions.setdefault("courses.panels", {})
    return panels
