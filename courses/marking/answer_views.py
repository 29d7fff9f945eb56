"""The page on which an open answer is marked."""

from flask import flash, render_template, url_for
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
from courses.marking import queries, rules, service
from courses.marking.versions import version_of
from courses.marking.views import ID, back_to_queue, bp
from courses.quizzes import open_answers
from courses.quizzes import queries as quizzes
from courses.quizzes.cases import Case, case_of
from courses.quizzes.forms import MarkForm
from courses.quizzes.queries import Submitted


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
            version=version_of(form.version.data),
            by=signed_in_actor(),
            url=_result_url(case_of(db.session, found.attempt)),
            now=clock.now(),
        )
    except open_answers.MarkedMeanwhile as refusal:
        return _answer_page(found, form, str(refusal)), refusal.status
    service.release(db.session, feature="quizzes", item_id=number)
    flash(_("Your marks are saved and the learner will be told."), "done")
    return back_to_queue()


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
    claim = queries.claim_on(db.session, "quizzes", found.row.id, clock.now())
    return render_template(
        "courses/marking/answer.html",
        found=found,
        form=form,
        problem=problem,
        claim=claim,
        mine=claim is not None and claim.member_id == signed_in_actor().id,
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
