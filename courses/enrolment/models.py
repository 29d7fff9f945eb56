"""Tables of enrolment: places, codes that give places, requests for a place."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Slug, Word
from academy.dialects import PartialIndex

WAITING, ADMITTED, REFUSED = "waiting", "admitted", "refused"


class Enrolment(Base):
    """A learner's place in a course. Leaving keeps the row, so that coming back loses nothing.

    `time_factor` (per cent), `extra_attempts` and `extensions` (a later day by lesson) are this learner's alone.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("member_id", "course_slug"),
        Index("ix_enrolment_course_slug", "course_slug", "id"),
        CheckConstraint("time_factor >= 100 AND time_factor <= 400", name="time_factor"),
        CheckConstraint("extra_attempts >= 0 AND extra_attempts <= 20", name="extra_attempts"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"))
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    enrolled_at: Mapped[Moment]
    left_at: Mapped[Moment | None]
    way: Mapped[Word] = mapped_column(default="open")
    time_factor: Mapped[int] = mapped_column(default=100, server_default=text("100"))
    extra_attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    extensions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default=text("'{}'"))


class EnrolmentCode(Base):
    """A code that gives a place: until a day, for so many uses, perhaps into a cohort."""

    __tablename__ = "enrolment_code"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("uses >= 0 AND (seats IS NULL OR uses <= seats)", name="seats"),
    )

    id: Mapped[Id]
    code: Mapped[Word]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    seats: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    expires_at: Mapped[Moment | None]
    stopped_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class PlaceRequest(Base):
    """Somebody asked for a place in a course that admits by decision."""

    __tablename__ = "place_request"
    __table_args__ = (
        PartialIndex("uq_place_request_open", "member_id", "course_slug", where="state = 'waiting'", unique=True),
        Index("ix_place_request_state", "state", "id"),
        CheckConstraint("state IN ('waiting', 'admitted', 'refused')", name="state"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"))
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    motive: Mapped[Prose]
    state: Mapped[Word] = mapped_column(default=WAITING)
    answer: Mapped[Line] = mapped_column(default="")
    asked_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
