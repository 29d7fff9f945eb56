"""The lesson page of a quiz: where it is begun and where its results are found again."""

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.i18n import language_of
from courses.catalogue.questions import Quiz
from courses.enrolment.allowances import NONE
from courses.lessons.contents import contents
from courses.lessons.outline import lesson_url
from courses.lessons.panels import LessonContext
from courses.progress.rules import pass_mark
from courses.quizzes import attempt_page, queries, rules, service, start_page
from courses.quizzes.cases import case_of
from courses.quizzes.models import Attempt


def show(context: LessonContext) -> ResponseReturnValue:
    """What the quiz asks, how often one may try, and every attempt so far."""
    live, lesson, quiz = context.live, context.lesson, context.lesson.quiz
    if quiz is None:
        raise NotFound
    quiz = quiz if context.standing is None else context.standing.allowance.quiz(quiz)
    attempts = queries.attempts_of(db.session, context.actor.id, live.slug, lesson.key)
    forgotten = next((each for each in attempts if rules.is_overdue(each, context.now)), None)
    if forgotten is not None:
        service.close_by_itself(forgotten.id, context.now)
        return redirect(lesson_url(live.slug, lesson), code=303)
    return page(context, quiz, attempts)


def page(context: LessonContext, quiz: Quiz, attempts: Sequence[Attempt]) -> str:
    """The start page of a quiz for somebody with these attempts."""
    live, lesson, tries = context.live, context.lesson, rules.tries(quiz, attempts)
    return render_template(
        "courses/quizzes/start.html",
        context=context,
        contents=contents(live, context.outline, context.languages, lesson.key, context.gate),
        course=live.course.text(*context.languages),
        text=lesson.text(*context.languages),
        lang=language_of(context.page.language),
        facts=start_page.facts(quiz, pass_mark(live.course, lesson)),
        terms=start_page.terms(quiz, context.standing.allowance if context.standing else NONE),
        tries=tries,
        standing=start_page.standing(tries),
        left=start_page.left(tries),
        so_far=_so_far(attempts),
        rows=start_page.rows(attempts, live.slug, lesson),
        start_url=url_for("quizzes.start", slug=live.slug, module=lesson.module, lesson=lesson.slug),
    )


def _so_far(attempts: Sequence[Attempt]) -> str:
    """How far the open attempt got, in a sentence; '' if none is open."""
    going = next((each for each in attempts if each.is_open), None)
    if going is None:
        return ""
    case = case_of(db.session, going)
    return attempt_page.answered(case.paper, case.read(queries.contents_of(db.session, going.id)))
