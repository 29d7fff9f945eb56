"""Marking answers again after their key was corrected: whose result changes, and doing it without taking a pass away.

An attempt that had passed keeps at least the score it had; certificates and completions are never touched, and learners
who gain a pass by it complete the lesson like anybody else.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Update, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.i18n import percent
from academy.jobs.service import enqueue
from academy.notices.kinds import Kind, Values
from academy.notices.service import tell
from academy.people.actor import Actor
from courses.catalogue import moves
from courses.catalogue.library import LiveCourse
from courses.quizzes import outdated, queries, service
from courses.quizzes.cases import Case
from courses.quizzes.models import Attempt, AttemptState, Remark, Remarking
from courses.quizzes.outdated import Alike

JOB = "quizzes.remark"
AT_ONCE = 25
"""So many attempts in one transaction: others who write wait no longer than that takes."""
FEW = 50
"""So many are marked while the trainer waits; more are left to the worker."""


def _told(values: Values) -> str:
    known = {"lesson": values.get("lesson", ""), "score": percent(int(str(values.get("score", 0))))}
    if values.get("passed"):
        return _("A key of “%(lesson)s” was corrected. Your answers were marked again: you have passed now.", **known)
    return _("A key of “%(lesson)s” was corrected. Your answers were marked again: your score is %(score)s.", **known)


REMARKED = Kind("remarked", _l("Your answers were marked again"), _told)


class AlreadyRunning(DomainError):
    """Somebody else began the same a moment before."""

    status = 409
    sentence = _l("Somebody else has just begun to mark these answers again. Nothing is done twice.")


class AnotherEdition(DomainError):
    """The keys are not those that the trainer looked at."""

    status = 409
    sentence = _l("Another edition was published after you opened this page. Look again at what changes.")


class NothingLeft(DomainError):
    """Every answer is marked by the keys as they are."""

    status = 409
    sentence = _l("No answer is marked by an old key any more. There is nothing to mark again.")


def begin(session: Session, *, live: LiveCourse, lesson_key: str, edition: int, by: Actor, now: datetime) -> Remarking:
    """Mark all answers to a quiz again by the keys of the live edition: at once where they are few, else by the worker.

    Raises AnotherEdition, AlreadyRunning or NothingLeft.
    """
    if live.edition_number != edition:
        raise AnotherEdition
    groups = _groups(session, live, lesson_key)
    total, _learners = outdated.how_many(session, live.slug, lesson_key, groups)
    if not total:
        raise NothingLeft
    run = Remarking(course_slug=live.slug, lesson_key=lesson_key, edition=edition, total=total)
    run.questions = "\n".join(sorted({name for group in groups for name in group.corrected}))
    run.began_at, run.began_by = now, by.id
    _add(session, run, now)
    detail = f"{lesson_key}, key of edition {edition}: {total}"
    record(session, actor=by, action="answers.marked_again", now=now, subject=f"course:{live.slug}", detail=detail)
    if total > FEW:
        _leave_to_worker(session, run.id, now)
    else:
        while go_on(session, run, live, now):
            pass
    return run


def _add(session: Session, run: Remarking, now: datetime) -> None:
    try:
        with session.begin_nested():
            session.add(run)
    except IntegrityError as error:
        _wake(session, run.course_slug, run.lesson_key, now)
        raise AlreadyRunning from error


def _leave_to_worker(session: Session, number: int, now: datetime) -> None:
    enqueue(session, job=JOB, values={"remarking": number}, now=now, key=f"{JOB}:{number}")


def _wake(session: Session, course_slug: str, lesson_key: str, now: datetime) -> None:
    """Let the worker take the run that is under way up again, should it have given up on it."""
    going = (Remarking.course_slug == course_slug, Remarking.lesson_key == lesson_key, Remarking.ended_at.is_(None))
    for number in session.scalars(select(Remarking.id).where(*going)):
        _leave_to_worker(session, number, now)


def _groups(session: Session, live: LiveCourse, lesson_key: str) -> list[Alike]:
    lesson = moves.lesson_then(session, live, lesson_key)  # of a run that was overtaken by another edition too
    attempts = outdated.taken(session, live.slug, [lesson_key])[lesson_key]
    return outdated.alike(session, attempts, lesson) if lesson else []


def go_on(session: Session, run: Remarking, live: LiveCourse, now: datetime) -> bool:
    """Mark some more attempts again; False when that was the end. Whatever happens between two calls, none is lost."""
    groups = _groups(session, live, run.lesson_key)
    by_keys = {(group.edition, group.keys): group for group in groups}
    _correct_open(session, run, groups)
    waiting = (
        select(Attempt)
        .where(outdated.marked_by_old_keys(live.slug, run.lesson_key, groups))
        .order_by(Attempt.id.desc())
        .limit(AT_ONCE)
        .with_for_update()
    )
    found = list(session.scalars(waiting, execution_options={"populate_existing": True}))
    new = {name: outdated.by_keys_of(session, group, run.edition) for name, group in by_keys.items() if group.corrected}
    for attempt in found:
        name = (attempt.edition, attempt.keys)
        _mark_again(session, run, by_keys[name], new[name], attempt, now)
    run.done += len(found)
    if len(found) == AT_ONCE:
        return True
    _correct_unasked(session, run, groups)
    run.ended_at = now
    session.flush()
    return False


def _correct_open(session: Session, run: Remarking, groups: Sequence[Alike]) -> None:
    """Attempts that are being answered are marked by the new keys when they are handed in."""
    for group in groups:
        if group.corrected:
            session.execute(_keys_of(run, group).where(Attempt.state == AttemptState.OPEN))


def _correct_unasked(session: Session, run: Remarking, groups: Sequence[Alike]) -> None:
    """Attempts that left the questions out earn the same, and are explained by the new keys."""
    for group in groups:
        if group.corrected:
            session.execute(_keys_of(run, group).where(~outdated.answered(group.corrected)))


def _keys_of(run: Remarking, group: Alike) -> Update:
    return (
        update(Attempt)
        .where(
            Attempt.course_slug == run.course_slug,
            Attempt.lesson_key == run.lesson_key,
            Attempt.edition == group.edition,
            Attempt.keys == group.keys,
        )
        .values(keys=group.keys_by(run.edition))
        .execution_options(synchronize_session=False)
    )


def _mark_again(session: Session, run: Remarking, group: Alike, new: Case, attempt: Attempt, now: datetime) -> None:
    rows = queries.answers_of(session, attempt.id)
    before, passed = attempt.score or 0, attempt.passed
    if passed:
        attempt.kept_score = max(attempt.kept_score or 0, before)
    attempt.keys = group.keys_by(run.edition)
    case = outdated.with_attempt(new, attempt)
    service.settle(session, case=case, marks=case.marks(rows), now=now)
    asked = [name for name in group.corrected if name in rows]
    session.add(
        Remark(
            attempt_id=attempt.id,
            remarking_id=run.id,
            questions="\n".join(asked),
            score_before=before,
            score_after=attempt.score or 0,
            passed_before=passed,
            passed_after=attempt.passed,
            marked_at=now,
        )
    )
    if (before, bool(passed)) != (attempt.score, bool(attempt.passed)):
        run.changed += 1
        _tell(session, run, case, gained=bool(attempt.passed) and not passed, now=now)


def _tell(session: Session, run: Remarking, case: Case, *, gained: bool, now: datetime) -> None:
    """Tell the learner, once for all their attempts at this quiz."""
    attempt = case.attempt
    tell(
        session,
        member_ids=[attempt.member_id],
        kind=REMARKED.name,
        values={"lesson": case.lesson.title, "score": attempt.score or 0, "passed": gained},
        url=f"/courses/{attempt.course_slug}/{attempt.lesson_key}/attempt/{attempt.number}/result",
        now=now,
        key=f"remarked:{run.id}",
    )
