"""The page on which a task is marked: the work on one side, the criteria on the other."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, reveal, trainers
from academy.uploads import serving
from courses.lessons.outline import lesson_url
from courses.marking import queries, rules, service
from courses.marking.forms import MarkerForm
from courses.marking.task_page import task_page
from courses.marking.tasks import TaskCase, task_case
from courses.marking.versions import version_of
from courses.marking.views import ID, back_to_queue, bp, go_on
from courses.quizzes import queries as answers
from courses.tasks import queries as tasks
from courses.tasks import settling, talking
from courses.tasks.forms import MessageForm, rubric_form
from courses.tasks.settling import Handed, Judgement, Outcome
from courses.tasks.talking import Line


@bp.get(f"/tasks/{ID}")
@trainers
def task(number: int) -> ResponseReturnValue:
    """Read a learner's work beside the rubric."""
    case = find_task(number)
    form = _form(case)
    form.begin(case.work, case.rubric)
    return task_page(case, form)


@bp.post(f"/tasks/{ID}")
@trainers
def mark_task(number: int) -> ResponseReturnValue:
    """Give points by the rubric, or send the work back; or only put a kept comment into the field."""
    case = find_task(number)
    form = _form(case)
    if form.inserts:
        form.insert(queries.comments_of(db.session, case.live.slug))
        return task_page(case, form)
    if not form.complete():
        return task_page(case, form), 422
    try:
        outcome = _judge(case, form)
    except (settling.MarkedMeanwhile, settling.SameMarker) as refusal:
        return task_page(case, form, str(refusal)), refusal.status
    _keep(case, form)
    service.release(db.session, feature="tasks", item_id=case.work.id)
    flash(_said(outcome), "done")
    return go_on() if form.goes_on else back_to_queue()


def _form(case: TaskCase) -> MarkerForm:
    form = rubric_form(case.rubric, MarkerForm)
    form.offer(queries.comments_of(db.session, case.live.slug))
    return form


def _judge(case: TaskCase, form: MarkerForm) -> Outcome:
    actor, now, work = signed_in_actor(), clock.now(), case.work
    before = [mark.marker_id for mark in tasks.marks_of(db.session, work.id)] if case.task.second_marker else []
    if actor.id not in before:
        require(rules.may_decide(actor, work.course_slug, work.stage, before))
    handed = Handed(work, case.lesson, case.task)
    said = Judgement(
        actor, form.comment.data or "", version_of(form.version.data), lesson_url(case.live.slug, case.lesson)
    )
    if form.returns:
        settling.send_back(db.session, handed=handed, judgement=said, now=now)
        return Outcome.SETTLED
    return settling.give_marks(db.session, handed=handed, points=form.points(case.rubric), judgement=said, now=now)


def _keep(case: TaskCase, form: MarkerForm) -> None:
    if form.keep.data and form.comment.data:
        by, now = signed_in_actor().id, clock.now()
        service.keep_comment(db.session, course_slug=case.live.slug, text=form.comment.data, by=by, now=now)


def _said(outcome: Outcome) -> str:
    if outcome is Outcome.SECOND:
        return _("Your marks are saved. A second person marks this work without seeing them.")
    if outcome is Outcome.THIRD:
        return _("Your marks are saved. They are far from the first ones, so an owner of the course decides.")
    return _("Your marks are saved and the learner will be told.")


@bp.get(f"/tasks/{ID}/files/<int(max=9007199254740991):upload>")
@trainers
def task_file(number: int, upload: int) -> ResponseReturnValue:
    """A file of a work; while nobody may know whose it is, under a name that says nothing."""
    case = find_task(number)
    for place, each in enumerate(tasks.files_of(db.session, [number]).get(number, ()), start=1):
        if each.id == upload:
            return serving.attachment(each, f"file-{place}" if case.submitted.hidden else "")
    raise NotFound


@bp.post("/<any(answers, tasks):kind>/<int(max=9007199254740991):number>/claim")
@trainers
def claim(kind: str, number: int) -> ResponseReturnValue:
    """Say that one marks this now; taking it over from somebody else is allowed, and said."""
    endpoint, feature = ("marking.answer", "quizzes") if kind == "answers" else ("marking.task", "tasks")
    _check(feature, number)
    actor, now = signed_in_actor(), clock.now()
    service.take(db.session, feature=feature, item_id=number, member_id=actor.id, now=now, over=True)
    flash(_("Others see now that you are marking this."), "done")
    return redirect(url_for(endpoint, number=number), code=303)


def _check(feature: str, number: int) -> None:
    if feature == "tasks":
        find_task(number)
        return
    found = answers.submitted(db.session, number)
    if found is None:
        raise NotFound
    reveal(rules.may_mark(signed_in_actor(), found.attempt.course_slug, found.attempt.member_id))


@bp.post(f"/tasks/{ID}/messages")
@trainers
def answer_message(number: int) -> ResponseReturnValue:
    """Write to the learner under their work."""
    case, form = find_task(number), MessageForm()
    if not form.validate_on_submit():
        marks = _form(case)
        marks.process(formdata=None)
        marks.offer(queries.comments_of(db.session, case.live.slug))
        marks.begin(case.work, case.rubric)
        return task_page(case, marks, message=form), 422
    url = f"{lesson_url(case.live.slug, case.lesson)}#talk"
    line = Line(signed_in_actor().id, form.message.data or "", case.lesson.title, url)
    talking.write(db.session, work=case.work, line=line, now=clock.now())
    flash(_("Your message is sent."), "done")
    return redirect(url_for("marking.task", number=number) + "#talk", code=303)


@bp.post(f"/tasks/{ID}/messages/read")
@trainers
def heard(number: int) -> ResponseReturnValue:
    """Note that the learner's messages were read."""
    talking.read(db.session, work=find_task(number).work, by_learner=False, now=clock.now())
    return redirect(url_for("marking.task", number=number) + "#talk", code=303)


def find_task(number: int) -> TaskCase:
    """The work with this number, for whoever may mark it; for everybody else there is none."""
    found = tasks.submitted(db.session, number)
    if found is None:
        raise NotFound
    reveal(rules.may_mark(signed_in_actor(), found.work.course_slug, found.work.member_id))
    return task_case(db.session, found)
