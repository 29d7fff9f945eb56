"""Writing a task, adding files, handing it in."""

from flask import Blueprint, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import DomainError, NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from academy.uploads import service as uploads
from academy.uploads.refusals import LARGEST, FileRefused
from academy.web import limits
from academy.web.file_forms import takes_files
from academy.web.forms import hang
from academy.web.limits import Limit
from courses.catalogue import library
from courses.enrolment.rules import Place, may_study
from courses.lessons.outline import lesson_url, outline_of
from courses.lessons.panels import LessonContext
from courses.lessons.reading import NotOpenYet, open_lesson_in, take_seat
from courses.progress.queries import standing_of
from courses.release.gates import gate_for
from courses.tasks import panel, service
from courses.tasks.forms import WorkForm
from courses.tasks.panel import Sheet
from courses.tasks.service import Change, Desk, HandedIn

bp = Blueprint("tasks", __name__, url_prefix="/courses/<slug>/<module>/<lesson>")
FILES = Limit("files", 60, 3600)


@bp.post("/hand-in")
@signed_in
@takes_files(LARGEST + 512 * 1024)
def hand_in(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Give the work to the trainers."""
    form = WorkForm()
    change, refusal = _change(form, slug, module, lesson)
    context = context_of(slug, module, lesson)
    if refusal or not form.validate_on_submit():
        return panel.again(context, Sheet(form)), 422
    try:
        fresh = service.hand_in(
            db.session, desk=_desk(context), text=form.text.data or "", now=context.now, change=change
        )
    except DomainError as problem:
        return _refused(context, form, problem)
    if fresh:
        flash(_("Your work is handed in. You will get a notice when a trainer has looked at it."), "done")
    return redirect(lesson_url(slug, context.lesson), code=303)


@bp.post("/save")
@signed_in
@takes_files(LARGEST + 512 * 1024)
def save(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Keep the draft, add a file or take one away: quietly for a script, with a page for a button."""
    form = WorkForm()
    quiet = request.headers.get("X-Requested-With") == "autosave"
    change, refusal = (Change(), False) if quiet else _change(form, slug, module, lesson)
    context = context_of(slug, module, lesson)
    if refusal or not form.validate_on_submit():
        return ({"saved": False}, 422) if quiet else (panel.again(context, Sheet(form)), 422)
    try:
        service.save_draft(db.session, desk=_desk(context), text=form.text.data or "", now=context.now, change=change)
    except DomainError as problem:
        return ({"saved": False}, problem.status) if quiet else _refused(context, form, problem)
    if quiet:
        return jsonify(saved=True)
    flash(_said(change), "done")
    return redirect(lesson_url(slug, context.lesson), code=303)


def _said(change: Change) -> str:
    if change.added:
        return _("“%(name)s” is added. Your draft is saved.", name=change.added.name)
    return _("The file is taken away. Your draft is saved.") if change.removed else _("Your draft is saved.")


def _change(form: WorkForm, slug: str, module: str, lesson: str) -> tuple[Change, bool]:
    """What is to happen to the files, with the new one kept already; whether it was refused.

    It looks at what may be done without taking the write lock: a store may be slow, and nobody should wait for it.
    """
    sent = form.file.data
    if sent is None:
        return Change(removed=form.removed()), False
    actor = signed_in_actor()
    taken = _taken(slug, f"{module}/{lesson}")
    limits.spend(FILES, actor.id)
    try:
        parcel = uploads.inspected(sent, taken)
    except FileRefused as refusal:
        form.validate()
        hang(form.file, refusal)
        return Change(), True
    uploads.store_bytes(parcel, actor.id)
    return Change(added=parcel, removed=form.removed()), False


def _taken(slug: str, lesson_key: str) -> tuple[str, ...]:
    actor = signed_in_actor()
    with db.glance() as session:
        live = library.live_course(session, slug)
        lesson = live.lessons.get(lesson_key) if live else None
        if live is None or lesson is None or lesson.task is None:
            raise NotFound
        standing = standing_of(session, actor.id, slug)
        require(may_study(actor, Place(standing.enrolled_at, standing.left_at) if standing else None, slug))
        if lesson_key in gate_for(session, actor, live, standing, clock.now()).closed:
            raise NotOpenYet
    return lesson.task.files


def context_of(slug: str, module: str, lesson: str) -> LessonContext:
    """The task at this address for whoever may take it."""
    actor = signed_in_actor()
    seat = take_seat(slug, actor)
    require(seat.may_study)
    found = open_lesson_in(seat, module, lesson)
    shown = library.lesson_page(db.session, seat.live, found.key, seat.languages)
    if shown is None or found.task is None:
        raise NotFound
    done = seat.standing.done if seat.standing else {}
    outline = outline_of(seat.live, done, seat.languages, found.key)
    return LessonContext(actor, seat.live, found, shown, seat.standing, seat.languages, outline, clock.now(), seat.gate)


def _desk(context: LessonContext) -> Desk:
    deadline = panel.deadline_of(context)
    return Desk(context.actor.id, context.live, context.lesson, panel.task_of(context), deadline)


def _refused(context: LessonContext, form: WorkForm, problem: DomainError) -> ResponseReturnValue:
    if isinstance(problem, HandedIn | service.Closed):
        return panel.again(context, Sheet(form, problem=str(problem))), problem.status
    if isinstance(problem, FileRefused | service.Unfinished):
        hang(
            form.file if isinstance(problem, FileRefused) or not panel.task_of(context).takes_text else form.text,
            problem,
        )
        return panel.again(context, Sheet(form)), problem.status
    raise problem
