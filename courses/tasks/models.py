"""Tables of tasks: the versions of a learner's work."""

from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, LessonKey, Moment, Prose, Reference, Slug, Word


class WorkState(StrEnum):
    """Being written; waiting for a trainer; sent back; marked and passed; marked and not there yet."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    PASSED = "passed"
    NOT_YET = "not_yet"


class Work(Base):
    """One version of a learner's work on a task, judged by the rubric of the edition it was handed in under.

    `points` holds what the trainer gave, by criterion id; `score` is their share of all points in whole per cent;
    `revision` grows with every act of a trainer, so that of two who mark at once only one does.
    """

    __tablename__ = "task_work"
    __table_args__ = (
        UniqueConstraint("member_id", "course_slug", "lesson_key", "number"),
        CheckConstraint("state IN ('draft', 'handed_in', 'returned', 'passed', 'not_yet')", name="state"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score"),
        CheckConstraint("(state = 'draft') = (handed_in_at IS NULL)", name="handed_in"),
        Index(
            "uq_task_work_going",
            "member_id",
            "course_slug",
            "lesson_key",
            unique=True,
            sqlite_where=text("state IN ('draft', 'handed_in')"),
            postgresql_where=text("state IN ('draft', 'handed_in')"),
        ),
        Index(
            "ix_task_work_handed_in_at",
            "handed_in_at",
            "id",
            sqlite_where=text("state = 'handed_in'"),
            postgresql_where=text("state = 'handed_in'"),
        ),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    lesson_key: Mapped[LessonKey]
    number: Mapped[int]
    edition: Mapped[int]
    state: Mapped[Word] = mapped_column(default=WorkState.DRAFT)
    text: Mapped[Prose]
    saved_at: Mapped[Moment]
    handed_in_at: Mapped[Moment | None]
    points: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    score: Mapped[int | None]
    comment: Mapped[Prose] = mapped_column(default="")
    marked_at: Mapped[Moment | None]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    revision: Mapped[int] = mapped_column(default=0)

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.state == WorkState.DRAFT

    @property
    def waits(self) -> bool:
        """Whether a trainer has yet to look at it."""
        return self.state == WorkState.HANDED_IN

    @property
    def passed(self) -> bool:
        """Whether it was marked and is good enough."""
        return self.state == WorkState.PASSED
