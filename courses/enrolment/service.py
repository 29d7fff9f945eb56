"""Give a place, take it up again, leave it; codes and requests."""

import secrets
from datetime import datetime

from sqlalchemy import String, cast, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from courses.catalogue.content import Status
from courses.catalogue.library import LiveCourse
from courses.cohorts import service as cohorts
from courses.enrolment import queries, rules, telling
from courses.enrolment.allowances import Allowance, as_json
from courses.enrolment.models import ADMITTED, REFUSED, WAITING, Enrolment, EnrolmentCode, PlaceRequest

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


class CourseClosed(DomainError):
    """The course takes nobody now."""

    sentence = _l("This course is not open for new learners now.")


class CodeRefused(DomainError):
    """The code gives no place: unknown, stopped, run out or full. Which of these is not said."""

    sentence = _l("This code does not give a place. Check the letters, or ask whoever gave it to you.")


class AlreadyDecided(DomainError):
    """Somebody else decided about this request in the meantime."""

    sentence = _l("Somebody decided about this request a moment ago.")


def enrol(session: Session, *, live: LiveCourse, member_id: int, way: str, now: datetime) -> bool:
    """Give or give back a place; True when it is new or taken up again, False when it was held already.

    Raises CourseClosed when the course takes nobody now.
    """
    if live.status is not Status.PUBLISHED:
        raise CourseClosed
    return give_place(session, course_slug=live.slug, member_id=member_id, way=way, now=now)


def give_place(session: Session, *, course_slug: str, member_id: int, way: str, now: datetime) -> bool:
    """As `enrol`, when staff decide so: the course may be closed to those who come by themselves."""
    try:
        with session.begin_nested():
            session.add(Enrolment(member_id=member_id, course_slug=course_slug, enrolled_at=now, way=way))
    except IntegrityError:
        return _come_back(session, course_slug, member_id)
    return True


def _come_back(session: Session, course_slug: str, member_id: int) -> bool:
    enrolment = queries.enrolment_of(session, member_id, course_slug)
    if enrolment is None or enrolment.left_at is None:
        return False
    enrolment.left_at = None
    session.flush()
    return True


def leave(session: Session, *, course_slug: str, member_id: int, now: datetime) -> None:
    """Give the place up; what was done is kept for coming back."""
    enrolment = queries.enrolment_of(session, member_id, course_slug)
    if enrolment is not None and enrolment.left_at is None:
        enrolment.left_at = now
        session.flush()


def enrol_by_code(session: Session, *, live: LiveCourse, member_id: int, code: str, now: datetime) -> bool:
    """Give a place, and a cohort if the code says so; raise CodeRefused or CourseClosed.

    True when the place is new, False when it was held already: a second click then uses up no seat.
    """
    found = queries.code_named(session, code)
    place = queries.place_of(session, member_id, live.slug)  # read after the code is locked: the first click is done
    if place is not None and place.active:
        return False
    if found is None or found.course_slug != live.slug or not rules.code_is_good(found, now):
        raise CodeRefused
    if not enrol(session, live=live, member_id=member_id, way="code", now=now):
        return False
    found.uses += 1
    if found.cohort_id is not None:
        cohorts.add_members(session, cohort_id=found.cohort_id, member_ids=[member_id], now=now)
    session.flush()
    return True


def make_code(
    session: Session,
    *,
    course_slug: str,
    cohort_id: int | None,
    seats: int | None,
    expires_at: datetime | None,
    by: int,
    now: datetime,
) -> EnrolmentCode:
    """A new code, easy to read aloud."""
    code = EnrolmentCode(
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        course_slug=course_slug,
        cohort_id=cohort_id,
        seats=seats,
        uses=0,
        expires_at=expires_at,
        created_at=now,
        created_by=by,
    )
    session.add(code)
    session.flush()
    return code


def stop_code(code: EnrolmentCode, *, now: datetime) -> bool:
    """Let a code give no more places; says whether it gave any until now."""
    fresh = code.stopped_at is None
    code.stopped_at = code.stopped_at or now
    return fresh


def ask(session: Session, *, live: LiveCourse, member_id: int, motive: str, now: datetime) -> bool:
    """Ask for a place; False while an earlier request waits, which then stands. Raises CourseClosed."""
    if live.status is not Status.PUBLISHED:
        raise CourseClosed
    try:
        with session.begin_nested():
            session.add(PlaceRequest(member_id=member_id, course_slug=live.slug, motive=motive, asked_at=now))
    except IntegrityError:
        return False
    return True


def decide(session: Session, *, request: PlaceRequest, admitted: bool, answer: str, by: int, now: datetime) -> None:
    """Admit or refuse; raise AlreadyDecided when somebody was quicker."""
    if request.state != WAITING:
        raise AlreadyDecided
    request.state = ADMITTED if admitted else REFUSED
    request.answer, request.decided_at, request.decided_by = answer, now, by
    if admitted:
        give_place(session, course_slug=request.course_slug, member_id=request.member_id, way="approval", now=now)
    session.flush()


def forget(session: Session, member_id: int) -> None:
    """Erase the places and the requests of a member, motives and answers with them."""
    for table in (Enrolment, PlaceRequest):
        session.execute(delete(table).where(table.member_id == member_id))


def allow(
    session: Session, *, member_id: int, live: LiveCourse, allowance: Allowance, by: Actor, now: datetime
) -> None:
    """Give a learner more time, attempts or days than the others, or take that back; they are told, and it is noted."""
    place = session.scalars(
        select(Enrolment).where(Enrolment.member_id == member_id, Enrolment.course_slug == live.slug).with_for_update()
    ).one()
    place.time_factor, place.extra_attempts = allowance.time_factor, allowance.extra_attempts
    place.extensions = as_json(allowance.extensions)
    session.flush()
    words = f"{live.slug}: {allowance.time_factor} %, +{allowance.extra_attempts}, {len(allowance.extensions)} days"
    record(session, actor=by, action="learner.allowed", now=now, subject=f"member:{member_id}", detail=words)
    telling.tell_allowed(session, member_id=member_id, live=live, now=now)


def follow(session: Session, slug: str, old: str, new: str) -> None:
    """Let later days that learners were given go with a task that moved to another key; of two the later one stands."""
    given = cast(Enrolment.extensions, String).contains(f'"{old}"')
    for place in session.scalars(select(Enrolment).where(Enrolment.course_slug == slug, given)):
        days = dict(place.extensions)
        day = days.pop(old)
        place.extensions = {**days, new: max(day, days.get(new, day))}
    session.flush()
