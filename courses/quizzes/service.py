"""Begin an attempt, keep its answers, hand it in exactly once."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Engine, Table, delete, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import db
from academy.dialects import insert_into
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import Quiz
from courses.progress.models import LessonState
from courses.progress.service import record_result
from courses.quizzes import queries, rules
from courses.quizzes.answers import Answer, as_json
from courses.quizzes.cases import Case, case_of
from courses.quizzes.marking import AttemptMarks
from courses.quizzes.models import AnswerRow, Attempt, AttemptState, Remark, Remarking
from courses.quizzes.queries import Content
from courses.quizzes.rules import Next

ROUNDS = 3
SEED_BYTES = 16
MOST_AT_ONCE = 100
_answer = cast("Table", AnswerRow.__table__)


class NoneLeft(DomainError):
    """Every attempt was used."""

    sentence = _l("You have used all your attempts at this quiz.")


class StillWaiting(DomainError):
    """An earlier attempt is not marked to the end."""

    sentence = _l("A trainer is still reading your last attempt. You can try again when it is marked.")


class AttemptClosed(DomainError):
    """The attempt was handed in or its time is over."""

    sentence = _l("This attempt was handed in or its time is over. Answers can no longer be changed.")


class Crowded(DomainError):
    """Too many tabs began at once."""

    status = 503
    sentence = _l("The site is busy. Please try again in a few seconds.")


def start(session: Session, *, member_id: int, live: LiveCourse, lesson: Lesson, quiz: Quiz, now: datetime) -> Attempt:
    """The open attempt if there is one, else a new one; raise NoneLeft or StillWaiting.

    An open attempt whose time is over is handed in and returned, not followed by a new one that nobody asked for.
    """
    for _ in range(ROUNDS):
        attempts = queries.attempts_of(session, member_id, live.slug, lesson.key)
        attempt = next((each for each in attempts if each.is_open), None)
        if attempt is not None:
            close_if_overdue(session, attempt, now)
            return attempt
        _refuse(rules.tries(quiz, attempts).next)
        number = max((each.number for each in attempts), default=0) + 1
        made = _begin(session, member_id, live, lesson, quiz, number, now)
        if made is not None:
            return made
    raise Crowded


def _refuse(offered: Next) -> None:
    if offered is Next.NONE_LEFT:
        raise NoneLeft
    if offered is Next.WAIT:
        raise StillWaiting


def _begin(
    session: Session, member_id: int, live: LiveCourse, lesson: Lesson, quiz: Quiz, number: int, now: datetime
) -> Attempt | None:
    made = Attempt(
        member_id=member_id,
        course_slug=live.slug,
        lesson_key=lesson.key,
        number=number,
        edition=live.edition_number,
        seed=secrets.token_hex(SEED_BYTES),
        started_at=now,
        deadline=rules.deadline_of(quiz, now),
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None  # another tab was quicker: look again
    return made


def save_answers(
    session: Session, *, attempt: Attempt, answers: Mapping[str, Answer], now: datetime
) -> dict[str, Content]:
    """Keep these answers, by question id; raise AttemptClosed if they come too late. Lock the attempt first.

    Returns everything that is kept now.
    """
    if not rules.takes_answers(attempt, now):
        raise AttemptClosed
    before = queries.contents_of(session, attempt.id)
    given = {question_id: as_json(answer) for question_id, answer in answers.items()}
    other = {question_id: content for question_id, content in given.items() if before.get(question_id) != content}
    if other:
        common = {"attempt_id": attempt.id, "saved_at": now}
        rows = [{**common, "question_id": name, "content": content} for name, content in other.items()]
        session.execute(_saving(session.get_bind()), rows)
    return before | other


@lru_cache(maxsize=2)  # to build it costs as much as to execute it three times
def _saving(bind: Engine | Connection) -> Any:  # noqa: ANN401  either dialect's insert
    new = insert_into(_answer, bind)
    changed = {"content": new.excluded.content, "saved_at": new.excluded.saved_at}
    return new.on_conflict_do_update(index_elements=["attempt_id", "question_id"], set_=changed)


def hand_in(session: Session, *, case: Case, answers: Mapping[str, Answer], now: datetime) -> bool:
    """Keep the answers, close the attempt and mark it; False if it had been handed in already. Lock the attempt first.

    When the time is over, what was saved before counts and `answers` do not.
    """
    if not case.attempt.is_open:
        return False
    if rules.takes_answers(case.attempt, now):
        save_answers(session, attempt=case.attempt, answers=answers, now=now)
    _close(session, case, now)
    return True


def close_if_overdue(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Hand the attempt in with what was saved if its time is over; True if that was done just now."""
    if not rules.is_overdue(attempt, now):
        return False
    fresh = queries.locked(session, attempt.id)
    if fresh.is_open:
        _close(session, case_of(session, fresh), now)
    return True


def close_by_itself(attempt_id: int, now: datetime) -> None:
    """Hand in an attempt whose time is over, in a short transaction of its own.

    The page that finds it is only read and may write nothing else; what it does is what the deadline did already.
    """
    with db.the_database().transaction() as brief:
        close_if_overdue(brief, queries.locked(brief, attempt_id), now)


def close_overdue(session: Session, *, now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Hand in attempts that everybody has forgotten; returns how many, so that a job can go on until there are none."""
    attempts = queries.overdue(session, now - rules.GRACE, most)
    return sum(close_if_overdue(session, attempt, now) for attempt in attempts)


def _close(session: Session, case: Case, now: datetime) -> None:
    attempt = case.attempt
    rows = queries.answers_of(session, attempt.id)
    marks = case.marks(rows)
    attempt.handed_in_at = min(now, attempt.deadline or now)
    for question_id in marks.waiting:
        rows[question_id].waiting_since = attempt.handed_in_at
    settle(session, case=case, marks=marks, now=now)


def settle(session: Session, *, case: Case, marks: AttemptMarks, now: datetime) -> None:
    """Write down what an attempt that was handed in has earned so far, and record it as progress.

    What passes before a trainer has read the rest is passed already: marks are only ever added, and what passed before
    a key was corrected is kept (see `remarking.py`).
    """
    attempt = case.attempt
    attempt.state = AttemptState.HANDED_IN if marks.waiting else AttemptState.MARKED
    attempt.score = max(marks.score, attempt.kept_score or 0)
    attempt.passed = attempt.score >= case.pass_mark or (None if marks.waiting else False)
    session.flush()
    record_result(
        session,
        member_id=attempt.member_id,
        course_slug=attempt.course_slug,
        lesson_key=attempt.lesson_key,
        state=_progress(passed=attempt.passed),
        score=attempt.score,
        edition=attempt.edition,
        now=now,
    )


def _progress(*, passed: bool | None) -> LessonState:
    if passed is None:
        return LessonState.WAITING
    return LessonState.PASSED if passed else LessonState.FAILED


def forget(session: Session, member_id: int) -> None:
    """Erase the attempts of a member and all answers in them."""
    theirs = select(Attempt.id).where(Attempt.member_id == member_id)
    session.execute(delete(AnswerRow).where(AnswerRow.attempt_id.in_(theirs)))
    session.execute(delete(Remark).where(Remark.attempt_id.in_(theirs)))
    session.execute(update(Remarking).where(Remarking.began_by == member_id).values(began_by=None))
    session.execute(delete(Attempt).where(Attempt.member_id == member_id))
