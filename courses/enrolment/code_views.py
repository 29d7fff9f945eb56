"""Codes that give a place: list, make, stop. Routes are in views.py."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.web.paging import row_number
from courses.catalogue.content import Admission
from courses.cohorts import queries as cohort_queries
from courses.cohorts.words import title_of
from courses.enrolment import queries, service
from courses.enrolment.course_views import course_or_404
from courses.enrolment.forms import NewCodeForm
from courses.enrolment.models import EnrolmentCode
from courses.enrolment.rules import code_is_good

INVALID = 422


@admins
def codes(slug: str) -> ResponseReturnValue:
    """The codes of a course with what is left of each, and a form for a new one."""
    live = course_or_404(slug)
    cohorts = [counted.cohort for counted in cohort_queries.cohorts(db.session, slug)]
    form = NewCodeForm()
    form.offer([(cohort.id, cohort.name) for cohort in cohorts])
    if form.validate_on_submit():
        return _make(slug, form)
    found, now = queries.codes_before(db.session, slug, request.args.get("before", type=row_number)), clock.now()
    text = render_template(
        "courses/enrolment/codes.html",
        slug=slug,
        title=title_of(live),
        asks_for_code=live.course.enrolment is Admission.CODE,
        form=form,
        codes=[_row(code, now) for code in found.rows],
        names={cohort.id: cohort.name for cohort in cohorts},
        older=url_for("enrolment.codes", slug=slug, before=found.rows[-1].id) if found.more else "",
    )
    return text, INVALID if form.errors else 200


def _make(slug: str, form: NewCodeForm) -> ResponseReturnValue:
    actor, now = signed_in_actor(), clock.now()
    code = service.make_code(
        db.session,
        course_slug=slug,
        cohort_id=form.cohort_id,
        seats=form.seats.data,
        expires_at=form.expires_at,
        by=actor.id,
        now=now,
    )
    record(db.session, actor=actor, action="code.made", now=now, subject=f"code:{code.id}", detail=slug)
    flash(_("The code %(code)s is ready.", code=code.code), "done")
    return redirect(url_for("enrolment.codes", slug=slug), code=303)


@admins
def stop_code(slug: str, code_id: int) -> ResponseReturnValue:
    """Let a code give no more places."""
    code = queries.code_of(db.session, slug, code_id)
    if code is None:
        raise NotFound
    now = clock.now()
    if service.stop_code(code, now=now):
        actor = signed_in_actor()
        record(db.session, actor=actor, action="code.stopped", now=now, subject=f"code:{code.id}", detail=slug)
    flash(_("The code %(code)s gives no more places.", code=code.code), "done")
    return redirect(url_for("enrolment.codes", slug=slug), code=303)


def _row(code: EnrolmentCode, now: datetime) -> tuple[EnrolmentCode, str, str]:
    return code, str(state_of(code, now)), "done" if code_is_good(code, now) else "plain"


def state_of(code: EnrolmentCode, now: datetime) -> Text:
    """How a code stands, in a word or two."""
    if code.stopped_at is not None:
        return _l("Stopped")
    if code.expires_at is not None and code.expires_at <= now:
        return _l("Run out")
    if code.seats is not None and code.uses >= code.seats:
        return _l("All places taken")
    return _l("Works")
