"""The trainers' queue, and the pages on which one answer or one task is marked."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, language_of, reading_order
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, trainers
from courses.catalogue import library
from courses.catalogue.questions import OpenQuestion
from courses.lessons.outline import lesson_url
from courses.marking import queries, queue, rules
from courses.marking.tasks import TaskCase, task_case
from courses.quizzes import open_answers
from courses.quizzes import queries as quizzes
from courses.quizzes.cases import Case, case_of
from courses.quizzes.forms import MarkForm
from courses.quizzes.queries import Submitted
from courses.tasks import queries as tasks
from courses.tasks import service
from courses.tasks.forms import RubricForm, rubric_form
from courses.tasks.panel import rubric_rows, state_words
from courses.tasks.service import Judgement

bp = Blueprint("marking", __name__, url_prefix="/teach/marking")
ID = "<int(max=9007199254740991):number>"


@bp.get("")
@trainers
def index() -> ResponseReturnValue:
    """Everything that waits for marks in the courses one trains, the oldest first."""
    actor, after = signed_in_actor(), request.args.get("after", "")
    found = queries.waiting(
        db.session,
        not_of=actor.id,
        course_slugs=rules.courses_to_mark(actor),
        after=queue.place_of(after),
    )
    following = queue.following(found)
    return render_template(
        "courses/marking/index.html",
        rows=queue.rows(found, library.live_courses(db.session), reading_order(current_code())),
        following=url_for("marking.index", after=following) if following else "",
        first=url_for("marking.index") if after else "",
    )


@bp.get(f"/answers/{ID}")
@trainers
def answer(number: int) -> ResponseReturnValue:
    """Read an open answer and what was asked."""
    found = _answer(number)
    form = MarkForm(percent=found.row.percent, comment=found.row.comment, version=str(found.row.version))
    return _answer_page(found, form)


@bp.post(f"/answers/{ID}")
@trainers
def mark_answer(number: int) -> ResponseReturnValue:
    """Give marks for an open answer."""
    found, form = _answer(number), MarkForm()
    if not form.validate_on_submit():
        return _answer_page(found, form), 422
    try:
        open_answers.give_marks(
            db.session,
            submitted=found,
            percent=form.percent.data or 0,
            comment=form.comment.data or "",
            version=_version(form.version.data),
            by=signed_in_actor(),
            url=_result_url(case_of(db.session, found.attempt)),
            now=clock.now(),
        )
    except open_answers.MarkedMeanwhile as refusal:
        return _answer_page(found, form, str(refusal)), refusal.status
    return _on()


def _answer(number: int) -> Submitted:
    found = quizzes.submitted(db.session, number)
    if found is None:
        raise NotFound
    reveal(rules.may_mark(signed_in_actor(), found.attempt.course_slug, found.attempt.member_id))
    return found


def _answer_page(found: Submitted, form: MarkForm, problem: str = "") -> str:
    case, languages = case_of(db.session, found.attempt), reading_order(current_code())
    question = case.paper.question(found.row.question_id)
    if not isinstance(question, OpenQuestion):
        raise NotFound
    words = library.quiz_words(db.session, case.live, case.lesson.key, languages)
    return render_template(
        "courses/marking/answer.html",
        found=found,
        form=form,
        problem=problem,
        lesson=case.lesson.text(*languages),
        course=case.live.course.text(*languages),
        lang=language_of(case.lesson.text(*languages).language),
        question=words[question.id],
        length=question.words,
        written=render_member_text(found.row.content.get("text", "")),
    )


def _result_url(case: Case) -> str:
    where = {"slug": case.live.slug, "module": case.lesson.module, "lesson": case.lesson.slug}
    return url_for("quizzes.result", number=case.attempt.number, **where)  # type: ignore[arg-type]


@bp.get(f"/tasks/{ID}")
@trainers
def task(number: int) -> ResponseReturnValue:
    """Read a learner's work beside the rubric."""
    case = _task(number)
    form = rubric_form(case.rubric)
    form.begin(case.work, case.rubric)
    return _task_page(case, form)


@bp.post(f"/tasks/{ID}")
@trainers
def mark_task(number: int) -> ResponseReturnValue:
    """Give points by the rubric, or send the work back."""
    case = _task(number)
    form = rubric_form(case.rubric)
    if not form.complete():
        return _task_page(case, form), 422
    try:
        _judge(case, form)
    except service.MarkedMeanwhile as refusal:
        return _task_page(case, form, str(refusal)), refusal.status
    return _on()


def _judge(case: TaskCase, form: RubricForm) -> None:
    url = lesson_url(case.live.slug, case.lesson)
    said = Judgement(signed_in_actor(), form.comment.data or "", _version(form.version.data), url)
    now, work, lesson = clock.now(), case.work, case.lesson
    if form.returns:
        service.send_back(db.session, work=work, lesson=lesson, judgement=said, now=now)
    else:
        points = form.points(case.rubric)
        service.give_marks(db.session, work=work, lesson=lesson, task=case.task, points=points, judgement=said, now=now)


def _task(number: int) -> TaskCase:
    found = tasks.submitted(db.session, number)
    if found is None:
        raise NotFound
    reveal(rules.may_mark(signed_in_actor(), found.work.course_slug, found.work.member_id))
    return task_case(db.session, found)


def _task_page(case: TaskCase, form: RubricForm, problem: str = "") -> str:
    languages = reading_order(current_code())
    return render_template(
        "courses/marking/task.html",
        case=case,
        form=form,
        problem=problem,
        lesson=case.lesson.text(*languages),
        course=case.live.course.text(*languages),
        brief=library.lesson_page(db.session, case.live, case.lesson.key, languages),
        lang=language_of(case.lesson.text(*languages).language),
        rubric=rubric_rows(case.rubric),
        state=state_words(case.work),
        written=render_member_text(case.work.text),
    )


def _version(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < len("1000000000") else -1


def _on() -> ResponseReturnValue:
    flash(_("Your marks are saved and the learner will be told."), "done")
    return redirect(url_for("marking.index"), code=303)
