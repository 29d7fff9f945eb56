"""Reads of enrolment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.enrolment.models import Enrolment, EnrolmentCode, PlaceRequest


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's place in a course, taken or left."""

    enrolled_at: datetime
    left_at: datetime | None

    @property
    def active(self) -> bool:
        """Whether it is taken now."""
        return self.left_at is None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request for a place, with the name of who asks."""

    id: int
    member_id: int
    name: str
    course_slug: str
    motive: str
    asked_at: datetime


def place_of(session: Session, member_id: int, course_slug: str) -> Place | None:
    """The place of this member in this course, taken or left."""
    row = session.execute(
        select(Enrolment.enrolled_at, Enrolment.left_at).where(
            Enrolment.member_id == member_id, Enrolment.course_slug == course_slug
        )
    ).one_or_none()
    return Place(row.enrolled_at, row.left_at) if row else None


def code_named(session: Session, text: str) -> EnrolmentCode | None:
    """The code that somebody typed, however they spaced and cased it; locked for the one who uses it."""
    return session.scalars(
        select(EnrolmentCode).where(EnrolmentCode.code == normal(text)).with_for_update()
    ).one_or_none()


def normal(text: str) -> str:
    """A code as it is kept: capitals and digits only."""
    return "".join(char for char in text.upper() if char.isascii() and char.isalnum())[:32]


def codes_of(session: Session, course_slug: str) -> list[EnrolmentCode]:
    """Every code of a course, newest first."""
    return list(
        session.scalars(
            select(EnrolmentCode).where(EnrolmentCode.course_slug == course_slug).order_by(EnrolmentCode.id.desc())
        )
    )


def request_of(session: Session, member_id: int, course_slug: str) -> PlaceRequest | None:
    """The newest request of this member for this course."""
    return session.scalars(
        select(PlaceRequest)
        .where(PlaceRequest.member_id == member_id, PlaceRequest.course_slug == course_slug)
        .order_by(PlaceRequest.id.desc())
        .limit(1)
    ).one_or_none()


def waiting_requests(session: Session, *, after: int = 0, most: int = 50) -> list[Waiting]:
    """Requests that wait for a decision, oldest first, after this id."""
    rows = session.execute(
        select(
            PlaceRequest.id,
            PlaceRequest.member_id,
            Member.display_name,
            PlaceRequest.course_slug,
            PlaceRequest.motive,
            PlaceRequest.asked_at,
        )
        .join(Member, Member.id == PlaceRequest.member_id)
        .where(PlaceRequest.state == "waiting", PlaceRequest.id > after)
        .order_by(PlaceRequest.id)
        .limit(most)
    )
    return [Waiting(*row) for row in rows]


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
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.member_id == member_id, Enrolment.course_slug == course_slug)
        .with_for_update()
    ).one_or_none()


def request_by_id(session: Session, request_id: int) -> PlaceRequest | None:
    """A request, locked for the one who decides."""
    return session.scalars(select(PlaceRequest).where(PlaceRequest.id == request_id).with_for_update()).one_or_none()


def code_by_id(session: Session, code_id: int) -> EnrolmentCode | None:
    """A code by its number."""
    return session.get(EnrolmentCode, code_id)
