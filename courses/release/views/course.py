"""When the lessons of a course open: its rules, what is said for cohorts and learners, and the forms that say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import trainers
from academy.web.forms import said
from courses.catalogue.library import LiveCourse
from courses.catalogue.taught import taught_or_404
from courses.cohorts import queries as cohorts
from courses.cohorts.words import title_of
from courses.release import queries, service, words
from courses.release.forms import CohortOpeningForm, ShiftForm
from courses.release.queries import Said
from courses.release.service import Wish
from courses.release.views.shared import INVALID, NUMBER, Row, bp, choices, naming, rows_of


@dataclass(frozen=True, slots=True)
class Line:
    """What was said for somebody, in words; `url` leads to the learner."""

    id: int
    target: str
    title: str
    name: str
    words: str
    url: str


@bp.get("")
@trainers
def index(slug: str) -> ResponseReturnValue:
    """Every lesson that does not open at once: the course's rule, and what was said instead of it."""
    live = taught_or_404(slug)
    return _page(live, rows_of(live))


@bp.post("")
@trainers
def open_for_cohort(slug: str) -> ResponseReturnValue:
    """Let something open at another time for a cohort."""
    live, form = taught_or_404(slug), CohortOpeningForm()
    rows = rows_of(live)
    form.offer(choices(rows))
    form.of(_cohorts(slug))
    if not form.validate_on_submit():
        return _page(live, rows, form), INVALID
    wish = Wish(said(form.target), form.day, cohort_id=int(said(form.cohort)))
    service.say(db.session, live=live, wish=wish, by=signed_in_actor(), now=clock.now())
    return _done(slug, _("Saved. It holds for this cohort from now on."))


@bp.post("/shift")
@trainers
def shift(slug: str) -> ResponseReturnValue:
    """Let all days of the course come earlier or later for a cohort."""
    live, form = taught_or_404(slug), ShiftForm()
    form.of(_cohorts(slug))
    if not form.validate_on_submit():
        return _page(live, rows_of(live), shifting=form), INVALID
    wish = Wish("", cohort_id=int(said(form.shifted)), shift_days=form.days.data)
    service.say(db.session, live=live, wish=wish, by=signed_in_actor(), now=clock.now())
    return _done(slug, _("Saved. The days of the course are moved for this cohort."))


@bp.post(f"/{NUMBER}/take-back")
@trainers
def take_back(slug: str, number: int) -> ResponseReturnValue:
    """Let the course's own rule hold again."""
    live = taught_or_404(slug)
    override = queries.override_of(db.session, slug, number)
    if override is None:
        raise NotFound
    title, member_id = naming(live)(override.target), override.member_id
    service.take_back(db.session, override=override, by=signed_in_actor(), now=clock.now())
    text = _("Taken back. For “%(title)s” the rule of the course holds again.", title=title)
    return _done(slug, text, member_id)


def _done(slug: str, text: str, member_id: int | None = None) -> Response:
    flash(text, "done")
    if member_id is not None:
        return redirect(url_for("release.learner", slug=slug, number=member_id), code=303)
    return redirect(url_for("release.index", slug=slug), code=303)


def _cohorts(slug: str) -> list[tuple[str, str]]:
    return [(str(each.cohort.id), each.cohort.name) for each in cohorts.cohorts(db.session, slug)]


def _page(
    live: LiveCourse, rows: Sequence[Row], form: CohortOpeningForm | None = None, shifting: ShiftForm | None = None
) -> str:
    slug, there = live.slug, _cohorts(live.slug)
    lines = [
        *_lines(live, queries.said_for_cohorts(db.session, slug)),
        *_lines(live, queries.said_for_learners(db.session, slug)),
    ]
    named = {row.target for row in rows}
    return render_template(
        "courses/release/index.html",
        live=live,
        title=title_of(live),
        rows=[(row, [line for line in lines if line.target == row.target]) for row in rows],
        whole=[line for line in lines if not line.target],
        idle=[line for line in lines if line.target and line.target not in named],
        full=len(lines) >= queries.MOST_SHOWN,
        cohorts=there,
        form=_filled(form or CohortOpeningForm(formdata=None), rows, there),
        shifting=_shifting(shifting or ShiftForm(formdata=None), there),
    )


def _filled(form: CohortOpeningForm, rows: Sequence[Row], there: list[tuple[str, str]]) -> CohortOpeningForm:
    form.offer(choices(rows))
    form.of(there)
    return form


def _shifting(form: ShiftForm, there: list[tuple[str, str]]) -> ShiftForm:
    form.of(there)
    return form


def _lines(live: LiveCourse, found: Sequence[Said]) -> list[Line]:
    title = naming(live)
    return [
        Line(
            each.id,
            each.target,
            title(each.target),
            each.name,
            words.said(each.target, each.opens_on, each.shift_days),
            url_for("release.learner", slug=live.slug, number=each.member_id) if each.member_id else "",
        )
        for each in found
    ]
