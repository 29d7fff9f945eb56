"""What the pages of the trainers' desk share: the blueprint, the course somebody looks after, who is looked for."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, request

from academy import zones
from academy.web.forms import tidy_line
from courses.catalogue.library import LiveCourse
from courses.tasks.dues import late_if_joined_before
from courses.teaching.queries import Wanted
from courses.teaching.rules import SILENT_AFTER, Why
from courses.teaching.stuck import Overdue

bp = Blueprint("teaching", __name__)
BIGGEST = 16
Choice = TypeVar("Choice", bound=StrEnum)


def overdue(live: LiveCourse, now: datetime) -> tuple[Overdue, ...]:
    """The tasks of a course that are late for somebody by now."""
    dues = [(key, lesson.task.due) for key, lesson in live.lessons.items() if lesson.task and lesson.task.due]
    found = [(key, late_if_joined_before(due, now, zones.home())) for key, due in dues]
    return tuple(Overdue(key, before, now) for key, before in found if before is not None)


def wanted(live: LiveCourse, now: datetime) -> Wanted:
    """Which learners the address asks for."""
    why = request.args.get("why", "")
    return Wanted(
        live.slug,
        now - SILENT_AFTER,
        cohort_id=whole("cohort"),
        words=tidy_line(request.args.get("q", "")[:100]) or "",
        why=Why(why) if why in set(Why) else None,
        overdue=overdue(live, now),
    )


def whole(name: str) -> int | None:
    """A whole number out of the address; None if there is none that a column could hold."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < BIGGEST else None
