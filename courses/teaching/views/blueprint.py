"""What the pages of the trainers' desk share: the blueprint, the course somebody looks after, who is looked for."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, request

from academy import db
from academy.errors import NotFound
from academy.i18n import current_code, reading_order
from academy.people.actor import signed_in_actor
from academy.people.guards import require, reveal
from academy.web.forms import tidy_line
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of, teaches
from courses.teaching.queries import Wanted
from courses.teaching.rules import SILENT_AFTER, Why

bp = Blueprint("teaching", __name__)
BIGGEST = 16
Choice = TypeVar("Choice", bound=StrEnum)


def taught_or_404(slug: str) -> LiveCourse:
    """The course with this slug if the asker looks after its learners; to strangers it does not exist."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    require(teaches(actor, slug))
    with db.glance() as session:
        live = library.live_course(session, slug)
    if live is None:
        raise NotFound
    return live


def title_of(live: LiveCourse) -> str:
    """The course's title in the reader's language."""
    return live.course.text(*reading_order(current_code())).title


def wanted(slug: str, now: datetime) -> Wanted:
    """Which learners the address asks for."""
    why = request.args.get("why", "")
    return Wanted(
        slug,
        now - SILENT_AFTER,
        cohort_id=whole("cohort"),
        words=tidy_line(request.args.get("q", "")[:100]) or "",
        why=Why(why) if why in set(Why) else None,
    )


def whole(name: str) -> int | None:
    """A whole number out of the address; None if there is none that a column could hold."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < BIGGEST else None
