"""Requests for a place: who waits, and the decision. Routes are in views.py."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import admins
from academy.web.paging import row_number
from courses.cohorts.words import course_titles
from courses.enrolment import queries, service, telling
from courses.enrolment.forms import ADMIT, DecisionForm
from courses.enrolment.models import PlaceRequest

INVALID = 422


@admins
def requests() -> ResponseReturnValue:
    """Requests that wait for a decision, oldest first."""
    found = queries.waiting_requests(db.session, after=request.args.get("after", 0, type=row_number))
    following = url_for("enrolment.requests", after=found.rows[-1].id) if found.more else ""
    titles = course_titles(db.session)
    return render_template("courses/enrolment/requests.html", found=found, titles=titles, following=following)


@admins
def decide(request_id: int) -> ResponseReturnValue:
    """One request: what the person wrote, and yes or no."""
    form = DecisionForm()
    if form.validate_on_submit():
        return _decide(_request(request_id, locked=True), form, signed_in_actor(), clock.now())
    asked = _request(request_id)
    names = people.names_of(db.session, [number for number in (asked.member_id, asked.decided_by) if number])
    text = render_template(
        "courses/enrolment/decide.html",
        asked=asked,
        name=names[asked.member_id],
        decided_by=names.get(asked.decided_by or 0, ""),
        course=course_titles(db.session).get(asked.course_slug, asked.course_slug),
        form=form,
    )
    return text, INVALID if form.errors else 200


def _request(request_id: int, *, locked: bool = False) -> PlaceRequest:
    find = queries.request_locked if locked else queries.request_by_id
    asked = find(db.session, request_id)
    if asked is None:
        raise NotFound
    return asked


def _decide(asked: PlaceRequest, form: DecisionForm, actor: Actor, now: datetime) -> ResponseReturnValue:
    admitted = form.decision.data == ADMIT
    answer = form.answer.data or ""
    service.decide(db.session, request=asked, admitted=admitted, answer=answer, by=actor.id, now=now)
    title = course_titles(db.session).get(asked.course_slug, asked.course_slug)
    telling.tell_decision(db.session, request=asked, title=title, now=now)
    action = f"request.{asked.state}"
    record(db.session, actor=actor, action=action, now=now, subject=f"request:{asked.id}", detail=asked.course_slug)
    flash(_("Admitted, and told so.") if admitted else _("Refused, and told why."), "done")
    return redirect(url_for("enrolment.requests"), code=303)
