"""Writing a task and handing it in."""

from flask import Blueprint, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from courses.catalogue import library
from courses.lessons.outline import lesson_url, outline_of
from courses.lessons.panels import LessonContext
from courses.lessons.reading import lesson_in, take_seat
from courses.tasks import panel, queries, service
from courses.tasks.forms import WorkForm
from courses.tasks.service import Desk, HandedIn

bp = Blueprint("tasks", __name__, url_prefix="/courses/<slug>/<module>/<lesson>")


@bp.post("/hand-in")
@signed_in
def hand_in(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Give the work to the trainers."""
    context, form = _context(slug, module, lesson), WorkForm()
    if not form.validate_on_submit():
        return _again(context, form), 422
    try:
        fresh = service.hand_in(db.session, desk=_desk(context), text=form.text.data or "", now=context.now)
    except HandedIn as refusal:
        return _again(context, form, str(refusal)), refusal.status
    if fresh:
        flash(_("Your work is handed in. You will get a notice when a trainer has looked at it."), "done")
    return redirect(lesson_url(slug, context.lesson), code=303)


@bp.post("/save")
@signed_in
def save(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Keep the draft: quietly for a script, with a page for a button."""
    context, form = _context(slug, module, lesson), WorkForm()
    quiet = request.headers.get("X-Requested-With") == "autosave"
    if not form.validate_on_submit() and form.text.data:
        return ({"saved": False}, 422) if quiet else (_again(context, form), 422)
    try:
        service.save_draft(db.session, desk=_desk(context), text=form.text.data or "", now=context.now)
    except HandedIn as refusal:
        return ({"saved": False}, 409) if quiet else (_again(context, form, str(refusal)), 409)
    if quiet:
        return jsonify(saved=True)
    flash(_("Your draft is saved."), "done")
    return redirect(lesson_url(slug, context.lesson), code=303)


def _context(slug: str, module: str, lesson: str) -> LessonContext:
    actor = signed_in_actor()
    seat = take_seat(slug, actor)
    require(seat.may_study)
    found = lesson_in(seat.live, module, lesson)
    shown = library.lesson_page(db.session, seat.live, found.key, seat.languages)
    if shown is None or found.task is None:
        raise NotFound
    done = seat.standing.done if seat.standing else {}
    outline = outline_of(seat.live, done, seat.languages, found.key)
    return LessonContext(actor, seat.live, found, shown, seat.standing, seat.languages, outline, clock.now())


def _desk(context: LessonContext) -> Desk:
    return Desk(context.actor.id, context.live, context.lesson)


def _again(context: LessonContext, form: WorkForm, problem: str = "") -> str:
    versions = queries.versions_of(db.session, context.actor.id, context.live.slug, context.lesson.key)
    return panel.page(context, versions, form, problem)
