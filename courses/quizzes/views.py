"""Taking a quiz: begin, answer, save, hand in, see the result."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, signed_in
from courses.catalogue.staff import is_staff_of
from courses.enrolment.queries import allowance_of, place_of
from courses.enrolment.rules import may_study
from courses.lessons.reading import lead_on, open_lesson_in, take_seat
from courses.quizzes import attempt_page, drawn_pages, forms, queries, rules, service
from courses.quizzes.answers import Answer
from courses.quizzes.cases import Case, case_of
from courses.quizzes.models import Attempt

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
    found = open_lesson_in(seat, module, lesson)
    if found.quiz is None:
        raise NotFound
    quiz = seat.standing.allowance.quiz(found.quiz) if seat.standing else found.quiz
    attempt = service.start(db.session, member_id=actor.id, live=seat.live, lesson=found, quiz=quiz, now=clock.now())
    return redirect(drawn_pages.url("attempt", attempt), code=303)


@bp.get(ATTEMPT)
@signed_in
def attempt(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """The whole paper on one page, with what was saved filled in."""
    found, now = _own(slug, module, lesson, number), clock.now()
    if rules.is_overdue(found, now):
        service.close_by_itself(found.id, now)
        flash(_("The time is over. What was saved has been handed in."), "info")
    if not found.is_open or rules.is_overdue(found, now):
        return redirect(drawn_pages.url("result", found), code=303)
    _require_place(signed_in_actor(), found)
    case = case_of(db.session, found)
    answers = case.read(queries.contents_of(db.session, found.id))
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
    return redirect(drawn_pages.url("result", found), code=303)


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
    kept = service.save_answers(db.session, attempt=found, answers=answers, now=now)
    if quiet:
        said = attempt_page.answered(case.paper, case.read(kept))
        return jsonify(saved=True, left_seconds=rules.seconds_left(found, now), answered=said)
    flash(_("Your answers are saved. You can come back to them from the quiz's page."), "done")
    return redirect(drawn_pages.url("attempt", found), code=303)


@bp.get(f"{ATTEMPT}/result")
@signed_in
def result(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """What was right, why, and where to reread."""
    found = _own(slug, module, lesson, number)
    if found.is_open:
        return redirect(drawn_pages.url("attempt", found), code=303)
    case = case_of(db.session, found)
    attempts = queries.attempts_of(db.session, found.member_id, slug, found.lesson_key)
    rows = queries.answers_of(db.session, found.id)
    quiz = allowance_of(db.session, found.member_id, slug).quiz(case.quiz)
    remarks = queries.remarks_of(db.session, [found.id])[found.id] if found.keys else []
    words = drawn_pages.marked_words_of(case)
    return drawn_pages.explained(case, rules.tries(quiz, attempts), rows, words, remarks)


def _own(slug: str, module: str, lesson: str, number: int, *, lock: bool = False) -> Attempt:
    found = queries.attempt_of(db.session, signed_in_actor().id, slug, f"{module}/{lesson}", number, lock=lock)
    if found is None:
        lead_on(take_seat(slug, signed_in_actor()).live, f"{module}/{lesson}")
        raise NotFound
    return found


def _require_place(actor: Actor, attempt: Attempt) -> None:
    slug = attempt.course_slug
    place = None if is_staff_of(actor, slug) else place_of(db.session, actor.id, slug)
    require(may_study(actor, place, slug))


def _with_saved(case: Case, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {**case.read(queries.contents_of(db.session, case.attempt.id)), **answers}


def _paper(case: Case, answers: Mapping[str, Answer], now: datetime, errors: Mapping[str, str] | None = None) -> str:
    return drawn_pages.paper(case, drawn_pages.words_of(case), answers, now, errors or {})
