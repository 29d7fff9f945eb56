"""Tables of quizzes: attempts and the answers in them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, LessonKey, Moment, Prose, Reference, Slug, Word


class AttemptState(StrEnum):
    """Being answered; waiting for a trainer; marked to the end."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    MARKED = "marked"


class Attempt(Base):
    """One try at a quiz. It is shown and marked for ever by the edition it began with; `seed` draws its paper.

    `score` is in whole per cent: what is sure so far while it waits for a trainer, final when it is marked.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("member_id", "course_slug", "lesson_key", "number"),
        CheckConstraint("state IN ('open', 'handed_in', 'marked')", name="state"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score"),
        CheckConstraint("(state = 'open') = (handed_in_at IS NULL)", name="handed_in"),
        Index(
            "uq_attempt_open",
            "member_id",
            "course_slug",
            "lesson_key",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_attempt_deadline",
            "deadline",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    lesson_key: Mapped[LessonKey]
    number: Mapped[int]
    edition: Mapped[int]
    seed: Mapped[Word]
    state: Mapped[Word] = mapped_column(default=AttemptState.OPEN)
    started_at: Mapped[Moment]
    deadline: Mapped[Moment | None]
    handed_in_at: Mapped[Moment | None]
    score: Mapped[int | None]
    passed: Mapped[bool | None]

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered, as far as the row knows."""
        return self.state == AttemptState.OPEN

    @property
    def waits(self) -> bool:
        """Whether a trainer has yet to mark something in it."""
        return self.state == AttemptState.HANDED_IN


class AnswerRow(Base):
    """The answer to one question of an attempt, saved again and again until it is handed in.

    `waiting_since` is set while an open answer waits for a trainer; `percent` and `comment` are what the trainer gave;
    `version` grows with every marking, so that of two trainers who mark at once only one does.
    """

    __tablename__ = "attempt_answer"
    __table_args__ = (
        UniqueConstraint("attempt_id", "question_id"),
        CheckConstraint("percent IS NULL OR (percent >= 0 AND percent <= 100)", name="percent"),
        Index(
            "ix_attempt_answer_waiting_since",
            "waiting_since",
            "id",
            sqlite_where=text("waiting_since IS NOT NULL"),
            postgresql_where=text("waiting_since IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    attempt_id: Mapped[Reference] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    question_id: Mapped[Slug]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[Moment]
    waiting_since: Mapped[Moment | None]
    percent: Mapped[int | None]
    comment: Mapped[Prose] = mapped_column(default="")
    marked_at: Mapped[Moment | None]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=0)
