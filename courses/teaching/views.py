"""The trainers' desk: what waits, and how the learners of each course get on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, long_date, ngettext, number, reading_order
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import trainers
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import teaches
from courses.cohorts import queries as cohorts
from courses.enrolment import queries as enrolment
from courses.marking import queries as marking
from courses.progress.queries import Standing, standings_in_course
from courses.progress.rules import Checklist, Tier, checklist, finished
from courses.teaching import queries

bp = Blueprint("teaching", __name__, url_prefix="/teach")
SILENT_AFTER = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Taught:
    """A course on the trainer's desk."""

    title: str
    url: str
    board_url: str
    draft: bool
    learners: int
    silent: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A learner on the board of a course."""

    name: str
    done: str
    left: str
    latest: str
    silent: bool
    complete: bool


@bp.get("/")
@trainers
def index() -> ResponseReturnValue:
    """What waits for me, and the courses I teach."""
    actor = signed_in_actor()
    courses = {slug: live for slug, live in library.live_courses(db.session).items() if teaches(actor, slug)}
    return render_template(
        "courses/teaching/index.html",
        courses=_taught(courses),
        waiting=marking.how_many(db.session, not_of=actor.id, course_slugs=list(courses)),
        marking_url=url_for("marking.index"),
    )


def _taught(courses: Mapping[str, LiveCourse]) -> list[Taught]:
    learners = enrolment.learners_by_course(db.session, courses)
    silent = queries.silent(db.session, courses, clock.now() - SILENT_AFTER)
    languages = reading_order(current_code())
    return [
        Taught(
            live.course.text(*languages).title,
            url_for("lessons.index", slug=slug),
            url_for("teaching.board", slug=slug),
            live.status == "draft",
            learners.get(slug, 0),
            silent.get(slug, 0),
        )
        for slug, live in courses.items()
    ]


@bp.get("/<slug>/")
@trainers
def board(slug: str) -> ResponseReturnValue:
    """The learners of a course: how far, what is left, since when silent."""
    live = _mine(slug, signed_in_actor())
    cohort_id, after = _whole("cohort"), _whole("after") or 0
    page = queries.learners(db.session, slug, cohort_id=cohort_id, after=after)
    shown = page[: queries.PAGE]
    standings = standings_in_course(db.session, slug, [learner.id for learner in shown])
    more = len(page) > len(shown)
    return render_template(
        "courses/teaching/board.html",
        live=live,
        title=live.course.text(*reading_order(current_code())).title,
        rows=[
            _row(live, learner.name, standings[learner.id], clock.now()) for learner in shown if learner.id in standings
        ],
        cohorts=cohorts.cohorts(db.session, slug),
        cohort_id=cohort_id,
        more_url=url_for("teaching.board", slug=slug, cohort=cohort_id, after=shown[-1].enrolment_id) if more else "",
        first_url=url_for("teaching.board", slug=slug, cohort=cohort_id) if after else "",
    )


def _mine(slug: str, actor: Actor) -> LiveCourse:
    live = library.live_course(db.session, slug)
    if live is None or not teaches(actor, slug):
        raise NotFound
    return live


def _whole(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 16 else None  # noqa: PLR2004  what fits a column


def _row(live: LiveCourse, name: str, standing: Standing, now: datetime) -> BoardRow:
    ticks = checklist(live.course, standing.done, standing.earned)
    done, total = sum(1 for key in live.lessons if finished(standing.done.get(key))), len(live.lessons)
    return BoardRow(
        name=name,
        done=ngettext("%(done)s of %(num)s lesson done", "%(done)s of %(num)s lessons done", total, done=number(done)),
        left=_left(ticks),
        latest=_("Last step on %(day)s", day=long_date(standing.latest)),
        silent=not ticks.complete and standing.latest < now - SILENT_AFTER,
        complete=ticks.reached(Tier.COMPLETION),
    )


def _left(ticks: Checklist) -> str:
    if ticks.complete:
        return _("Nothing is left for the certificate")
    return ngettext(
        "%(num)s thing left for the certificate", "%(num)s things left for the certificate", len(ticks.left)
    )
