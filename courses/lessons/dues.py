"""Until when lessons are asked for: features that know days register here, so that lists of lessons can tell them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from courses.catalogue.content import Kind
from courses.catalogue.library import LiveCourse
from courses.progress.queries import Standing


@dataclass(frozen=True, slots=True)
class Day:
    """Until when a lesson is asked for, and from when on it is of no use any more (None: late is better than never)."""

    at: datetime
    shut_at: datetime | None = None


Answer = Callable[[LiveCourse, str, int, Standing], Day | None]


def register(kind: Kind, answer: Answer) -> None:
    """Let this function say, for a lesson by its key, a member and how they stand, until when it is asked for."""
    _answers()[kind] = answer


def day_of(live: LiveCourse, lesson_key: str, member_id: int, standing: Standing) -> Day | None:
    """Until when this lesson is asked of this member; None when it has no day."""
    lesson = live.lessons.get(lesson_key)
    answer = _answers().get(lesson.kind) if lesson else None
    return answer(live, lesson_key, member_id, standing) if answer else None


def _answers() -> dict[Kind, Answer]:
    answers: dict[Kind, Answer] = current_app.extensions.setdefault("courses.dues", {})
    return answers
