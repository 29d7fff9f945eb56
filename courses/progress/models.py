"""Tables of progress: what was done in each lesson, and the day a course was completed."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, LessonKey, Moment, Reference, Slug, Word


class LessonState(StrEnum):
    """How a lesson stands for one learner, at its best so far."""

    FAILED = "failed"
    WAITING = "waiting"
    DONE = "done"
    PASSED = "passed"


class LessonRecord(Base):
    """What a learner did in one lesson. `score` is the best ever, in per cent; `edition` is where it was earned."""

    __tablename__ = "lesson_record"
    __table_args__ = (CheckConstraint("state IN ('failed', 'waiting', 'done', 'passed')", name="state"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"), primary_key=True)
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"), primary_key=True)
    lesson_key: Mapped[LessonKey] = mapped_column(primary_key=True)
    state: Mapped[Word]
    score: Mapped[int | None]
    edition: Mapped[int]
    changed_at: Mapped[Moment]


class Completion(Base):
    """The moment a learner met every rule of a course; never taken back by later, stricter rules."""

    __tablename__ = "completion"

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"), primary_key=True)
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"), primary_key=True)
    tier: Mapped[Word] = mapped_column(primary_key=True)
    edition: Mapped[int]
    completed_at: Mapped[Moment]
