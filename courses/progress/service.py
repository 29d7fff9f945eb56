"""Keep what a learner did; notice the moment a course is completed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BindParameter, Table, bindparam, delete, select, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.progress.models import Completion, LessonRecord, LessonState
from courses.progress.queries import Standing, standing_of
from courses.progress.rules import Checklist, Done, Tier, better, checklist, finished

_record, _completion = (cast("Table", model.__table__) for model in (LessonRecord, Completion))
_KEY: dict[str, BindParameter[Any]] = {
    name: bindparam(f"its_{name}") for name in ("member_id", "course_slug", "lesson_key")
}
_THIS = [_record.c[name] == value for name, value in _KEY.items()]
_STANDS = select(_record.c.state, _record.c.score).where(*_THIS).with_for_update()
_CHANGE = update(_record).where(*_THIS)


def record_reading(
    session: Session, *, live: LiveCourse, standing: Standing, member_id: int, lesson_key: str, now: datetime
) -> None:
    """Keep that whoever stands so has also read a lesson of the live edition; note it if that finishes the course."""
    done = standing.done
    if not finished(done.get(lesson_key)):
        key = {"member_id": member_id, "course_slug": live.slug, "lesson_key": lesson_key}
        _keep(session, key, LessonState.DONE, None, live.edition_number, now)
        done = {**done, lesson_key: Done(LessonState.DONE, None, live.edition_number)}
    _note_reached(session, live, member_id, checklist(live.course, done, standing.earned), now)


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
    key = {"member_id": member_id, "course_slug": course_slug, "lesson_key": lesson_key}
    _keep(session, key, state, score, edition, now)
    live = library.live_course(session, course_slug)
    standing = standing_of(session, member_id, course_slug) if live else None
    if live is not None and standing is not None:
        _note_reached(session, live, member_id, checklist(live.course, standing.done, standing.earned), now)


def _keep(
    session: Session, key: Mapping[str, Any], state: LessonState, score: int | None, edition: int, now: datetime
) -> None:
    values = {"state": state, "edition": edition, "changed_at": now}
    new = insert_into(_record, session.get_bind()).on_conflict_do_nothing().returning(_record.c.lesson_key)
    if session.execute(new, {**key, **values, "score": score}).first() is None:
        _improve(session, key, values, score)


def _improve(session: Session, key: Mapping[str, Any], values: Mapping[str, Any], score: int | None) -> None:
    this = {f"its_{name}": value for name, value in key.items()}
    before = session.execute(_STANDS, this).one()
    stands = better(LessonState(before.state), values["state"])
    best = before.score if score is None else max(score, before.score or 0)
    if stands is not LessonState(before.state) or (score or 0) > (before.score or 0):
        session.execute(_CHANGE, {**this, **values, "state": stands, "score": best})
    elif best != before.score:
        session.execute(_CHANGE, {**this, "score": best})


def _note_reached(session: Session, live: LiveCourse, member_id: int, ticks: Checklist, now: datetime) -> None:
    """Note every tier that is newly reached."""
    for tier in _tiers(live):
        if ticks.reached(tier) and tier not in ticks.earned:
            note = insert_into(_completion, session.get_bind()).on_conflict_do_nothing()  # another tab may be quicker
            facts = {"member_id": member_id, "course_slug": live.slug, "tier": tier}
            session.execute(note, {**facts, "edition": live.edition_number, "completed_at": now})


def _tiers(live: LiveCourse) -> tuple[Tier, ...]:
    terms = live.course.certificate
    return tuple(Tier) if terms and terms.participation else (Tier.COMPLETION,)


def forget(session: Session, member_id: int) -> None:
    """Erase what a member did; certificates keep what they prove without it."""
    for table in (LessonRecord, Completion):
        session.execute(delete(table).where(table.member_id == member_id))
