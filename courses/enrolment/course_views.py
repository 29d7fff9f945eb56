"""The courses as those who run the place see them: how many learn, who may come. Routes are in views.py."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.catalogue.content import Status
from courses.catalogue.library import LiveCourse
from courses.cohorts import queries as cohort_queries
from courses.cohorts.paging import page_of
from courses.cohorts.words import title_of
from courses.enrolment import queries
from courses.enrolment.forms import STATUS_MEANINGS, STATUS_WORDS, StatusForm

PAGE = 30
INVALID = 422


@dataclass(frozen=True, slots=True)
class Row:
    """A course in the list, with its counts."""

    live: LiveCourse
    title: str
    status: str
    tone: str
    learners: int
    cohorts: int
    waiting: int


@admins
def courses() -> ResponseReturnValue:
    """Every course with its learners, cohorts and waiting requests."""
    after = request.args.get("after", "")
    found = page_of([live for slug, live in library.live_courses(db.session).items() if slug > after][: PAGE + 1], PAGE)
    slugs = [live.slug for live in found.rows]
    learners = queries.learners_by_course(db.session, slugs)
    cohorts = cohort_queries.cohorts_by_course(db.session, slugs)
    waiting = queries.waiting_by_course(db.session, slugs)
    rows = [
        Row(
            live,
            title_of(live),
            str(STATUS_WORDS[live.status]),
            "done" if live.status is Status.PUBLISHED else "plain",
            learners.get(live.slug, 0),
            cohorts.get(live.slug, 0),
            waiting.get(live.slug, 0),
        )
        for live in found.rows
    ]
    following = url_for("enrolment.courses", after=slugs[-1]) if found.more else ""
    return render_template("courses/enrolment/courses.html", rows_of_courses=rows, following=following)


@admins
def status(slug: str) -> ResponseReturnValue:
    """Show a course in the catalogue, close it to new learners, or take it back to its staff."""
    live = course_or_404(slug)
    form = StatusForm(data={"status": live.status.value})
    form.offer()
    if not form.validate_on_submit():
        text = render_template(
            "courses/enrolment/status.html", form=form, title=title_of(live), meanings=STATUS_MEANINGS
        )
        return text, INVALID if form.errors else 200
    _set_status(live, Status(form.status.data))
    flash(_("Saved."), "done")
    return redirect(url_for("enrolment.courses"), code=303)


def _set_status(live: LiveCourse, wanted: Status) -> None:
    if wanted is live.status:
        return
    catalogue.set_status(db.session, slug=live.slug, status=wanted)
    record(
        db.session,
        actor=signed_in_actor(),
        action="course.status",
        now=clock.now(),
        subject=f"course:{live.slug}",
        detail=f"{live.status.value} to {wanted.value}",
    )


def course_or_404(slug: str) -> LiveCourse:
    """The course with this slug, whatever its state, or NotFound."""
    live = library.live_course(db.session, slug)
    if live is None:
        raise NotFound
    return live
