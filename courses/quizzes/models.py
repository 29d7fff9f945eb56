"""Tables of quizzes: attempts and the answers in them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, LessonKey, Moment, Prose, Reference, Slug, Word
from academy.dialects import PartialIndex
from courses.progress.work import HandedIn, Marked, rules_of


class AttemptState(StrEnum):
    """Being answered; waiting for a trainer; marked to the end."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    MARKED = "marked"


class Attempt(HandedIn, Base):
    """One try at a quiz. It is shown for ever as the edition it began with asks; `seed` draws its paper.

    `score` is in whole per cent: what is sure so far while it waits for a trainer, final when it is marked. Its
    answers are marked by the keys of its edition; where keys were corrected later, `keys` says by which edition's
    (see `keys.py`). `kept_score` is what had passed before its keys were corrected: it never falls below that.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        *rules_of(AttemptState, AttemptState.OPEN),
        CheckConstraint("number >= 1", name="number"),
        PartialIndex("uq_attempt_open", "member_id", "course_slug", "lesson_key", where="state = 'open'", unique=True),
        Index("ix_attempt_course_slug", "course_slug", "lesson_key", "edition"),
        PartialIndex("ix_attempt_deadline", "deadline", where="state = 'open'"),
    )

    seed: Mapped[Word]
    state: Mapped[Word] = mapped_column(default=AttemptState.OPEN)
    started_at: Mapped[Moment]
    deadline: Mapped[Moment | None]
    passed: Mapped[bool | None]
    keys: Mapped[Prose] = mapped_column(default="", server_default=text("''"))
    kept_score: Mapped[int | None]

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered, as far as the row knows."""
        return self.state == AttemptState.OPEN

    @property
    def waits(self) -> bool:
        """Whether a trainer has yet to mark something in it."""
        return self.state == AttemptState.HANDED_IN


class AnswerRow(Marked, Base):
    """The answer to one question of an attempt, saved again and again until it is handed in.

    `waiting_since` is set while an open answer waits for a trainer; `percent` and `comment` are what the trainer gave;
    `version` grows with every marking, so that of two trainers who mark at once only one does.
    """

    __tablename__ = "attempt_answer"
    __table_args__ = (
        UniqueConstraint("attempt_id", "question_id"),
        CheckConstraint("percent IS NULL OR (percent >= 0 AND percent <= 100)", name="percent"),
        PartialIndex("ix_attempt_answer_waiting_since", "waiting_since", "id", where="waiting_since IS NOT NULL"),
    )

    id: Mapped[Id]
    attempt_id: Mapped[Reference] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    question_id: Mapped[Slug]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[Moment]
    waiting_since: Mapped[Moment | None]
    percent: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=0)


class Remarking(Base):
    """One time that a trainer had the answers to a quiz marked again, by the keys of an edition.

    `total` attempts were to be marked when it began, `done` are, and `changed` of them have another result.
    """

    __tablename__ = "remarking"
    __table_args__ = (
        PartialIndex("uq_remarking_running", "course_slug", "lesson_key", where="ended_at IS NULL", unique=True),
        Index("ix_remarking_course_slug", "course_slug", "lesson_key", "began_at"),
    )

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    lesson_key: Mapped[LessonKey]
    edition: Mapped[int]
    questions: Mapped[Prose]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[Moment]
    began_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    ended_at: Mapped[Moment | None]


class Remark(Base):
    """That an attempt was marked again, its result before and after; `questions` are their ids, a line for each."""

    __tablename__ = "attempt_remark"
    __table_args__ = (UniqueConstraint("attempt_id", "remarking_id"), Index("ix_attempt_remark_run", "remarking_id"))

    id: Mapped[Id]
    attempt_id: Mapped[Reference] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    remarking_id: Mapped[Reference] = mapped_column(ForeignKey("remarking.id", ondelete="CASCADE"))
    questions: Mapped[Prose]
    score_before: Mapped[int]
    score_after: Mapped[int]
    passed_before: Mapped[bool | None]
    passed_after: Mapped[bool | None]
    marked_at: Mapped[Moment]
