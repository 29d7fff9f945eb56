"""Reads of enrolment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, Select, Table, bindparam, func, select
from sqlalchemy.orm import Session

from academy import db
from academy.people.models import Member
from courses.cohorts.paging import PAGE, Shown, page_of
from courses.enrolment.allowances import NONE, Allowance, allowance_in
from courses.enrolment.models import WAITING, Enrolment, EnrolmentCode, PlaceRequest
from courses.enrolment.rules import Place

T = TypeVar("T")
MOST_COUNTED = 100
_enrolment = cast("Table", Enrolment.__table__)
_PLACE = select(_enrolment.c.enrolled_at, _enrolment.c.left_at).where(
    _enrolment.c.member_id == bindparam("member_id"), _enrolment.c.course_slug == bindparam("course_slug")
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request for a place, with the name of who asks."""

    id: int
    name: str
    course_slug: str
    asked_at: datetime


def place_of(session: Session, member_id: int, course_slug: str) -> Place | None:
    """The place of this member in this course, taken or left."""
    row = db.rows(session, _PLACE, {"member_id": member_id, "course_slug": course_slug}).one_or_none()
    return Place(row.enrolled_at, row.left_at) if row else None


def slugs_of(session: Session, member_id: int) -> list[str]:
    """The courses in which a member has a place that they have not left."""
    return list(session.scalars(slugs_select(member_id)))


def slugs_select(member_id: int | BindParameter[int]) -> Select[str]:
    """The same as a part of a larger query."""
    return select(Enrolment.course_slug).where(Enrolment.member_id == member_id, Enrolment.left_at.is_(None))


def members_in(course_slug: str) -> Select[int]:
    """Everybody who has a place in a course that they have not left, as a part of a larger query."""
    return select(Enrolment.member_id).where(Enrolment.course_slug == course_slug, Enrolment.left_at.is_(None))


def allowance_of(session: Session, member_id: int, course_slug: str) -> Allowance:
    """What this member is allowed in this course beyond the others."""
    row = session.execute(
        select(Enrolment.time_factor, Enrolment.extra_attempts, Enrolment.extensions).where(
            Enrolment.member_id == member_id, Enrolment.course_slug == course_slug
        )
    ).one_or_none()
    return allowance_in(row.time_factor, row.extra_attempts, row.extensions) if row else NONE


def code_named(session: Session, text: str) -> EnrolmentCode | None:
    """The code that somebody typed, however they spaced and cased it; locked for the one who uses it."""
    return session.scalars(_locked(select(EnrolmentCode).where(EnrolmentCode.code == normal(text)))).one_or_none()


def _locked(query: Select[T]) -> Select[T]:
    # What was loaded earlier in the session may be stale once the lock is granted.
    return query.with_for_update().execution_options(populate_existing=True)


def normal(text: str) -> str:
    """A code as it is kept: capitals and digits only."""
    return "".join(char for char in text.upper() if char.isascii() and char.isalnum())[:32]


def codes_before(session: Session, course_slug: str, before: int | None) -> Shown[EnrolmentCode]:
    """A page of the codes of a course, newest first, older than the one with this number."""
    query = select(EnrolmentCode).where(EnrolmentCode.course_slug == course_slug).order_by(EnrolmentCode.id.desc())
    if before is not None:
        query = query.where(EnrolmentCode.id < before)
    return page_of(session.scalars(query.limit(PAGE + 1)).all())


def request_of(session: Session, member_id: int, course_slug: str) -> PlaceRequest | None:
    """The newest request of this member for this course."""
    return session.scalars(
        select(PlaceRequest)
        .where(PlaceRequest.member_id == member_id, PlaceRequest.course_slug == course_slug)
        .order_by(PlaceRequest.id.desc())
        .limit(1)
    ).one_or_none()


def waiting_requests(session: Session, *, after: int = 0) -> Shown[Waiting]:
    """A page of the requests that wait for a decision, oldest first, after this number."""
    rows = session.execute(
        select(PlaceRequest.id, Member.display_name, PlaceRequest.course_slug, PlaceRequest.asked_at)
        .join(Member, Member.id == PlaceRequest.member_id)
        .where(PlaceRequest.state == WAITING, PlaceRequest.id > after)
        .order_by(PlaceRequest.id)
        .limit(PAGE + 1)
    )
    return page_of([Waiting(*row) for row in rows])


def how_many_wait(session: Session) -> int:
    """How many requests wait, counted up to a hundred."""
    some = select(PlaceRequest.id).where(PlaceRequest.state == WAITING).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def waiting_by_course(session: Session, course_slugs: Collection[str]) -> dict[str, int]:
    """How many requests wait for each of these courses."""
    rows = session.execute(
        select(PlaceRequest.course_slug, func.count())
        .where(PlaceRequest.state == WAITING, PlaceRequest.course_slug.in_(course_slugs))
        .group_by(PlaceRequest.course_slug)
    )
    return {slug: count for slug, count in rows}  # noqa: C416  rows are not pairs to the type checker


def learners_by_course(session: Session, course_slugs: Collection[str]) -> dict[str, int]:
    """How many places are taken now in each of these courses."""
    rows = session.execute(
        select(Enrolment.course_slug, func.count())
        .where(Enrolment.course_slug.in_(course_slugs), Enrolment.left_at.is_(None))
        .group_by(Enrolment.course_slug)
    )
    return {slug: count for slug, count in rows}  # noqa: C416  rows are not pairs to the type checker


def enrolment_of(session: Session, member_id: int, course_slug: str) -> Enrolment | None:
    """The row of a place, locked for the one who changes it."""
    place = select(Enrolment).where(Enrolment.member_id == member_id, Enrolment.course_slug == course_slug)
    return session.scalars(_locked(place)).one_or_none()


def learns(session: Session, member_id: int) -> bool:
    """Whether somebody has a place in any course."""
    held = select(Enrolment.id).where(Enrolment.member_id == member_id, Enrolment.left_at.is_(None))
    return session.scalar(held.limit(1)) is not None


def request_by_id(session: Session, request_id: int) -> PlaceRequest | None:
    """A request by its number."""
    return session.get(PlaceRequest, request_id)


def request_locked(session: Session, request_id: int) -> PlaceRequest | None:
    """A request, locked for the one who decides."""
    return session.scalars(_locked(select(PlaceRequest).where(PlaceRequest.id == request_id))).one_or_none()


def code_of(session: Session, course_slug: str, code_id: int) -> EnrolmentCode | None:
    """A code of this course by its number."""
    code = session.get(EnrolmentCode, code_id)
    return code if code is not None and code.course_slug == course_slug else None


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """The places and requests of a member, for their export."""
    places = session.scalars(select(Enrolment).where(Enrolment.member_id == member_id).order_by(Enrolment.id))
    asked = session.scalars(select(PlaceRequest).where(PlaceRequest.member_id == member_id).order_by(PlaceRequest.id))
    return {"places": [_place_known(each) for each in places], "requests": [_request_known(each) for each in asked]}


def _place_known(place: Enrolment) -> dict[str, Any]:
    left_at = place.left_at.isoformat() if place.left_at else None
    return {
        "course": place.course_slug,
        "enrolled_at": place.enrolled_at.isoformat(),
        "left_at": left_at,
        "way": place.way,
        "time_in_per_cent": place.time_factor,
        "extra_attempts": place.extra_attempts,
        "later_days": place.extensions,
    }


def _request_known(request: PlaceRequest) -> dict[str, str | None]:
    return {
        "course": request.course_slug,
        "motive": request.motive,
        "asked_at": request.asked_at.isoformat(),
        "state": request.state,
        "answer": request.answer,
        "decided_at": request.decided_at.isoformat() if request.decided_at else None,
    }
