"""What one learner is allowed beyond the others: more time, more attempts, a later day for one task."""

from datetime import datetime, time, timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, zones
from academy.errors import NotFound
from academy.i18n import current_code, date_and_time, reading_order
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import trainers
from academy.web.forms import said
from courses.catalogue.library import LiveCourse
from courses.catalogue.taught import taught_or_404
from courses.cohorts.words import title_of
from courses.enrolment import queries as enrolment
from courses.enrolment import service
from courses.enrolment.allowances import Allowance
from courses.teaching import queries
from courses.teaching.forms import AllowanceForm
from courses.teaching.views.blueprint import bp

INVALID = 422


@bp.route("/teach/<slug>/learners/<int(max=999999999999999):member_id>/allowance", methods=["GET", "POST"])
@trainers
def allowance(slug: str, member_id: int) -> ResponseReturnValue:
    """See and change what this learner is allowed."""
    live = taught_or_404(slug)
    learner = queries.learner(db.session, slug, member_id)
    if learner is None:
        raise NotFound
    before = enrolment.allowance_of(db.session, member_id, slug)
    form = AllowanceForm(data={"time_factor": str(before.time_factor), "extra_attempts": before.extra_attempts})
    form.offer(_tasks(live))
    if form.validate_on_submit():
        allowed = _allowed(form, before)
        service.allow(
            db.session, member_id=member_id, live=live, allowance=allowed, by=signed_in_actor(), now=clock.now()
        )
        flash(_("Saved. %(name)s was told.", name=learner.name), "done")
        return redirect(url_for("teaching.learner", slug=slug, member_id=member_id), code=303)
    titles = dict(_tasks(live))
    page = render_template(
        "courses/teaching/allowance.html",
        live=live,
        title=title_of(live),
        learner=learner,
        form=form,
        extensions=[(titles.get(key, key), date_and_time(until)) for key, until in before.extensions.items()],
    )
    return page, INVALID if form.errors else 200


def _tasks(live: LiveCourse) -> list[tuple[str, str]]:
    languages = reading_order(current_code())
    tasks = [lesson for lesson in live.lessons.values() if lesson.task is not None and lesson.task.due is not None]
    return [(lesson.key, lesson.text(*languages).title) for lesson in tasks]


def _allowed(form: AllowanceForm, before: Allowance) -> Allowance:
    extensions = dict(before.extensions)
    lesson, day = said(form.lesson), form.until.data
    if lesson and day is not None:
        last = datetime.combine(day + timedelta(days=1), time(), zones.home()) - timedelta(seconds=1)
        extensions[lesson] = last
    elif lesson:
        extensions.pop(lesson, None)
    return Allowance(int(said(form.time_factor)), form.extra_attempts.data or 0, extensions)
