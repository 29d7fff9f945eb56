"""Keep what a learner did; notice the moment a course is completed."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.progress.models import Completion, LessonRecord, LessonState
from courses.progress.queries import earned_by, standing_of
from courses.progress.rules import Tier, better, checklist


def record_reading(session: Session, *, live: LiveCourse, member_id: int, lesson_key: str, now: datetime) -> None:
    """Keep that a lesson of the live edition was read, and note it if that finishes the course."""
    record = _record(session, member_id, live.slug, lesson_key, LessonState.DONE, live.edition_number, now)
    _improve(record, LessonState.DONE, None, live.edition_number, now)
    session.flush()
    note_completion(session, live=live, member_id=member_id, now=now)


def record_result(
    session: Session,
    *,
    member_id: int,
    course_slug: str,
    lesson_key: str,
    state: LessonState,
    score: int | None,
    edition: int,
    now: datetime,
) -> None:
    """Keep a result (score in per cent); the best ever stands, and finishing the course is noted once."""
    record = _record(session, member_id, course_slug, lesson_key, state, edition, now)
    _improve(record, state, score, edition, now)
    session.flush()
    live = library.live_course(session, course_slug)
    if live is not None:
        note_completion(session, live=live, member_id=member_id, now=now)


def _improve(record: LessonRecord, state: LessonState, score: int | None, edition: int, now: datetime) -> None:
    stands = better(LessonState(record.state), state)
    if stands is not LessonState(record.state) or (score or 0) > (record.score or 0):
        record.state, record.edition, record.changed_at = stands, edition, now
    if score is not None:
        record.score = max(score, record.score or 0)


def _record(
    session: Session, member_id: int, course_slug: str, lesson_key: str, state: LessonState, edition: int, now: datetime
) -> LessonRecord:
    found = _find(session, member_id, course_slug, lesson_key)
    if found is not None:
        return found
    made = LessonRecord(
        member_id=member_id,
        course_slug=course_slug,
        lesson_key=lesson_key,
        state=state,
        score=None,
        edition=edition,
        changed_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return _find(session, member_id, course_slug, lesson_key) or made
    return made


def _find(session: Session, member_id: int, course_slug: str, lesson_key: str) -> LessonRecord | None:
    key = {"member_id": member_id, "course_slug": course_slug, "lesson_key": lesson_key}
    return session.scalars(select(LessonRecord).filter_by(**key).with_for_update()).one_or_none()


def note_completion(session: Session, *, live: LiveCourse, member_id: int, now: datetime) -> frozenset[Tier]:
    """Note every tier this learner has newly reached; returns those."""
    standing = standing_of(session, member_id, live.slug)
    if standing is None:
        return frozenset()
    ticks = checklist(live.course, standing.done)
    reached = frozenset(tier for tier in _tiers(live) if ticks.reached(tier))
    fresh = reached - earned_by(session, member_id, live.slug) if reached else reached
    for tier in fresh:
        _note(session, live, member_id, tier, now)
    return fresh


def _tiers(live: LiveCourse) -> tuple[Tier, ...]:
    terms = live.course.certificate
    return tuple(Tier) if terms and terms.participation else (Tier.COMPLETION,)


def _note(session: Session, live: LiveCourse, member_id: int, tier: Tier, now: datetime) -> None:
    made = Completion(
        member_id=member_id, course_slug=live.slug, tier=tier, edition=live.edition_number, completed_at=now
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return  # another tab was quicker: it is noted all the same


def forget(session: Session, member_id: int) -> None:
    """Erase what a member did; certificates keep what they prove without it."""
    for table in (LessonRecord, Completion):
        session.execute(delete(table).where(table.member_id == member_id))
