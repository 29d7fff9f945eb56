"""How a learner gets a place in a course, and gives it up; the pages of those who give places are beside this file."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import file_size
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.people.guards import signed_in
from academy.web import desk
from academy.web.forms import Form, hang
from academy.web.paging import ROW
from courses.catalogue import moves, words
from courses.catalogue.content import Admission
from courses.enrolment import (
    code_views,
    course_views,
    editions,
    guesses,
    people_views,
    queries,
    request_views,
    rules,
    service,
    telling,
)
from courses.enrolment.forms import LONGEST_CODE, CodeForm, MotiveForm
from courses.enrolment.models import REFUSED, WAITING
from courses.enrolment.visit import Visit, visit
from courses.publishing import impact

bp = Blueprint("enrolment", __name__)
INVALID = 422


def init_app(app: Flask) -> None:
    """Fill the desk, name what learners are told, and let members take away and erase what is known of them here."""
    del app
    desk.add(desk.Card(_l("Courses"), _l("Learners, codes, and who may come."), "enrolment.courses", 20))
    about = _l("People who asked for a place and wait for a decision.")
    desk.add(desk.Card(_l("Requests for a place"), about, "enrolment.requests", 25, queries.how_many_wait))
    telling.register()
    data_rights.add_provider("enrolment", queries.known_of)
    data_rights.add_eraser(service.forget)
    impact.add_audience("enrolment", editions.learners)
    moves.add("enrolment", service.follow)


@bp.route("/courses/<slug>/enrol", methods=["GET", "POST"])
@signed_in
def enrol(slug: str) -> ResponseReturnValue:
    """Take a place, or do what the course asks for one; who has a place is sent on."""
    guest = visit(slug)
    if guest.has_place:
        return redirect(url_for("lessons.index", slug=slug), code=303)
    if guest.live.course.enrolment is Admission.APPROVAL and guest.place is None:
        return _by_asking(guest)
    if not guest.takes_learners:
        return _closed(guest)
    return _freely(guest) if rules.may_come_freely(guest.live.course, guest.place) else _by_code(guest)


def _closed(guest: Visit) -> ResponseReturnValue:
    if request.method == "POST":
        raise service.CourseClosed
    return _page("closed", guest)


def _freely(guest: Visit) -> ResponseReturnValue:
    form = Form()
    if not form.validate_on_submit():
        return _page("enrol", guest, form)
    fresh = service.enrol(db.session, live=guest.live, member_id=guest.actor.id, way="open", now=clock.now())
    return _welcome(guest, fresh=fresh)


def _by_code(guest: Visit) -> ResponseReturnValue:
    form = CodeForm(data={"code": request.args.get("code", "")[:LONGEST_CODE]})
    if not form.validate_on_submit():
        return _page("code", guest, form)
    guesses.spend(guest.actor.id)
    code = form.code.data or ""
    try:
        fresh = service.enrol_by_code(db.session, live=guest.live, member_id=guest.actor.id, code=code, now=clock.now())
    except service.CodeRefused as error:
        hang(form.code, error)
        return _page("code", guest, form)
    guesses.give_back(guest.actor.id)
    return _welcome(guest, fresh=fresh)


def _by_asking(guest: Visit) -> ResponseReturnValue:
    with db.glance() as session:
        asked = queries.request_of(session, guest.actor.id, guest.live.slug)
    state = asked.state if asked else ""
    answered = state == REFUSED and request.method != "POST" and "again" not in request.args
    if answered or state == WAITING:
        return _state_page(guest) if request.method == "POST" else _page("asked", guest, asked=asked)
    if not guest.takes_learners:
        return _closed(guest)
    form = MotiveForm(data={"motive": asked.motive if asked else ""})
    return _ask(guest, form) if form.validate_on_submit() else _page("ask", guest, form)


def _ask(guest: Visit, form: MotiveForm) -> ResponseReturnValue:
    motive = form.motive.data or ""
    if service.ask(db.session, live=guest.live, member_id=guest.actor.id, motive=motive, now=clock.now()):
        flash(_("Your request is on its way. You will be told when it is decided."), "done")
    return _state_page(guest)


def _state_page(guest: Visit) -> ResponseReturnValue:
    return redirect(url_for("enrolment.enrol", slug=guest.live.slug), code=303)


def _welcome(guest: Visit, *, fresh: bool) -> ResponseReturnValue:
    slug = guest.live.slug
    if guest.place is not None:
        flash(_("Welcome back to %(title)s. Everything you did is still here.", title=guest.title), "done")
        return redirect(url_for("lessons.index", slug=slug), code=303)
    if fresh:
        flash(_("Welcome to %(title)s.", title=guest.title), "done")
    first = guest.live.course.lessons[0]
    return redirect(url_for("lessons.show", slug=slug, module=first.module, lesson=first.slug), code=303)


@bp.route("/courses/<slug>/leave", methods=["GET", "POST"])
@signed_in
def leave(slug: str) -> ResponseReturnValue:
    """Give a place up, after a page that says what is kept."""
    guest = visit(slug)
    if not guest.has_place:
        return redirect(url_for("lessons.index", slug=slug), code=303)
    if request.method != "POST":
        return _page("leave", guest)
    service.leave(db.session, course_slug=slug, member_id=guest.actor.id, now=clock.now())
    flash(_("You left %(title)s. You can come back whenever you like.", title=guest.title), "done")
    return redirect(url_for("lessons.index", slug=slug), code=303)


def _page(name: str, guest: Visit, form: Form | None = None, **values: object) -> ResponseReturnValue:
    course = guest.live.course
    facts = [words.hours(course), words.lesson_count(course), file_size(guest.live.size(guest.languages))]
    text = render_template(
        f"courses/enrolment/{name}.html",
        guest=guest,
        form=form,
        facts=facts,
        asked_for=words.completion_words(course) if course.certificate else [],
        **values,
    )
    return text, INVALID if form is not None and form.errors else 200


bp.get("/admin/courses/")(course_views.courses)
bp.route("/admin/courses/<slug>/status", methods=["GET", "POST"])(course_views.status)
bp.route("/admin/courses/<slug>/codes", methods=["GET", "POST"])(code_views.codes)
bp.post(f"/admin/courses/<slug>/codes/<{ROW}:code_id>/stop")(code_views.stop_code)
bp.get("/admin/requests")(request_views.requests)
bp.route(f"/admin/requests/<{ROW}:request_id>", methods=["GET", "POST"])(request_views.decide)
bp.route(f"/admin/cohorts/<{ROW}:cohort_id>/people/add", methods=["GET", "POST"])(people_views.add_people)
