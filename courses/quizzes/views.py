"""Taking a quiz: begin, answer, save, hand in, see the result."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, language_of, reading_order
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, signed_in
from courses.catalogue import library
from courses.catalogue.staff import is_staff_of
from courses.enrolment.queries import place_of
from courses.enrolment.rules import may_study
from courses.lessons.outline import lesson_url
from courses.lessons.reading import lesson_in, take_seat
from courses.quizzes import attempt_page, forms, queries, result_page, rules, service, start_page
from courses.quizzes.answers import Answer
from courses.quizzes.cases import Case, case_of
from courses.quizzes.models import Attempt
from courses.quizzes.rules import Next, Tries

bp = Blueprint("quizzes", __name__)
LESSON = "/courses/<slug>/<module>/<lesson>"
ATTEMPT = f"{LESSON}/attempt/<int(max=99999):number>"


@bp.post(f"{LESSON}/attempt")
@signed_in
def start(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Begin an attempt, or go on with the one that is open."""
    actor = signed_in_actor()
    seat = take_seat(slug, actor)
    require(seat.may_study)
    found = lesson_in(seat.live, module, lesson)
    if found.quiz is None:
        raise NotFound
    attempt = service.start(
        db.session, member_id=actor.id, live=seat.live, lesson=found, quiz=found.quiz, now=clock.now()
    )
    return redirect(_url("attempt", attempt), code=303)


@bp.get(ATTEMPT)
@signed_in
def attempt(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """The whole paper on one page, with what was saved filled in."""
    found, now = _own(slug, module, lesson, number), clock.now()
    if rules.is_overdue(found, now):
        service.close_by_itself(found.id, now)
        flash(_("The time is over. What was saved has been handed in."), "info")
    if not found.is_open or rules.is_overdue(found, now):
        return redirect(_url("result", found), code=303)
    _require_place(signed_in_actor(), found)
    case = case_of(db.session, found)
    answers = case.answers(queries.answers_of(db.session, found.id))
    return _paper(case, answers, now)


@bp.post(ATTEMPT)
@signed_in
def hand_in(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """Hand the attempt in; a second tab that does the same is led to the same result."""
    found, now = _own(slug, module, lesson, number, lock=True), clock.now()
    case = case_of(db.session, found)
    answers = forms.read_answers(case.paper, request.form) if found.is_open else {}
    errors = forms.too_long(case.paper, answers)
    if errors and rules.takes_answers(found, now):
        return _paper(case, _with_saved(case, answers), now, errors), 422
    in_time = rules.takes_answers(found, now)
    if service.hand_in(db.session, case=case, answers=answers, now=now) and not in_time:
        flash(_("The time was over. What was saved before has been handed in."), "info")
    return redirect(_url("result", found), code=303)


@bp.post(f"{ATTEMPT}/save")
@signed_in
def save(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """Keep what is answered so far: quietly for a script, with a page for a button."""
    found, now = _own(slug, module, lesson, number, lock=True), clock.now()
    _require_place(signed_in_actor(), found)
    case = case_of(db.session, found)
    answers = forms.read_answers(case.paper, request.form)
    quiet = request.headers.get("X-Requested-With") == "autosave"
    errors = forms.too_long(case.paper, answers)
    if errors:
        return ({"saved": False}, 422) if quiet else (_paper(case, _with_saved(case, answers), now, errors), 422)
    service.save_answers(db.session, attempt=found, answers=answers, now=now)
    if quiet:
        kept = case.answers(queries.answers_of(db.session, found.id))
        said = attempt_page.answered(case.paper, kept)
        return jsonify(saved=True, left_seconds=rules.seconds_left(found, now), answered=said)
    flash(_("Your answers are saved. You can come back to them from the quiz's page."), "done")
    return redirect(_url("attempt", found), code=303)


@bp.get(f"{ATTEMPT}/result")
@signed_in
def result(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """What was right, why, and where to reread."""
    found = _own(slug, module, lesson, number)
    if found.is_open:
        return redirect(_url("attempt", found), code=303)
    case = case_of(db.session, found)
    attempts = queries.attempts_of(db.session, found.member_id, slug, found.lesson_key)
    return _explained(case, rules.tries(case.quiz, attempts))


def _own(slug: str, module: str, lesson: str, number: int, *, lock: bool = False) -> Attempt:
    found = queries.attempt_of(db.session, signed_in_actor().id, slug, f"{module}/{lesson}", number, lock=lock)
    if found is None:
        raise NotFound
    return found


def _require_place(actor: Actor, attempt: Attempt) -> None:
    slug = attempt.course_slug
    place = None if is_staff_of(actor, slug) else place_of(db.session, actor.id, slug)
    require(may_study(actor, place, slug))


def _url(view: str, attempt: Attempt) -> str:
    module, _slash, lesson = attempt.lesson_key.partition("/")
    return url_for(f"quizzes.{view}", slug=attempt.course_slug, module=module, lesson=lesson, number=attempt.number)


def _languages(case: Case) -> tuple[str, ...]:
    return (*reading_order(current_code()), case.live.course.language)


def _with_saved(case: Case, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {**case.answers(queries.answers_of(db.session, case.attempt.id)), **answers}


def _explained(case: Case, tries: Tries) -> str:
    languages = _languages(case)
    words = library.quiz_words(db.session, case.live, case.lesson.key, languages)
    rows = queries.answers_of(db.session, case.attempt.id)
    return render_template(
        "courses/quizzes/result.html",
        attempt=case.attempt,
        pass_mark=case.pass_mark,
        text=case.lesson.text(*languages),
        course=case.live.course.text(*languages),
        lang=language_of(case.lesson.text(*languages).language),
        questions=result_page.explained(case, rows, words, case.lesson.text(*languages)),
        state=start_page.state_words(case.attempt),
        next_step=result_page.next_step(case, tries.left),
        following=_following(case),
        again=tries.next is Next.START,
        lesson_url=lesson_url(case.live.slug, case.lesson),
        start_url=_start_url(case),
    )


def _start_url(case: Case) -> str:
    return url_for("quizzes.start", slug=case.live.slug, module=case.lesson.module, lesson=case.lesson.slug)


def _paper(case: Case, answers: Mapping[str, Answer], now: datetime, errors: Mapping[str, str] | None = None) -> str:
    languages = _languages(case)
    words = library.quiz_words(db.session, case.live, case.lesson.key, languages)
    return render_template(
        "courses/quizzes/attempt.html",
        attempt=case.attempt,
        text=case.lesson.text(*languages),
        course=case.live.course.text(*languages),
        lang=language_of(case.lesson.text(*languages).language),
        questions=attempt_page.asked(case.paper, answers, words, errors or {}),
        answered=attempt_page.answered(case.paper, answers),
        errors=errors or {},
        left=rules.seconds_left(case.attempt, now),
        hand_in_url=_url("hand_in", case.attempt),
        save_url=_url("save", case.attempt),
        lesson_url=lesson_url(case.live.slug, case.lesson),
    )


def _following(case: Case) -> tuple[str, str]:
    """Title and address of what comes after the quiz: the next lesson, or the course page."""
    lessons = case.live.course.lessons
    place = [each.key for each in lessons].index(case.lesson.key) + 1
    if place == len(lessons):
        return _("Back to the course"), url_for("lessons.index", slug=case.live.slug)
    return lessons[place].text(*_languages(case)).title, lesson_url(case.live.slug, lessons[place])
