"""Tables of cohorts: an intake of a course, and who is in it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Reference, Slug


class Cohort(Base):
    """An intake of a course: a name, a year, dates."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("course_slug", "name"), CheckConstraint("ends_on >= starts_on", name="dates"))

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    name: Mapped[Line]
    year: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[Moment]


class CohortMember(Base):
    """Somebody takes a course with a cohort."""

    __tablename__ = "cohort_member"
    __table_args__ = (Index("ix_cohort_member_member_id", "member_id"),)

    cohort_id: Mapped[Reference] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"), primary_key=True)
    added_at: Mapped[Moment]
