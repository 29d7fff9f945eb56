"""Tables of tasks: the versions of a learner's work, what is said of each, and what learners say of each other's."""

from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Moment, Prose, Reference, Word
from academy.dialects import PartialIndex
from courses.progress.work import HandedIn, Marked, rules_of


class WorkState(StrEnum):
    """Being written; waiting for a trainer; sent back; marked and passed; marked and not there yet."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    PASSED = "passed"
    NOT_YET = "not_yet"


class Stage(StrEnum):
    """Whose marks a work waits for: anybody's, somebody else's too, or an owner's because the two are far apart."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class Work(HandedIn, Marked, Base):
    """One version of a learner's work on a task, judged by the rubric of the edition it was handed in under.

    `points` holds what the trainer gave (or the mean of two), by criterion id; `score` is their share of all points in
    whole per cent; `revision` grows with every act of a trainer, so that of two who mark at once only one does.
    `late` and `blind` are as they were when it was handed in.
    """

    __tablename__ = "task_work"
    __table_args__ = (
        *rules_of(WorkState, WorkState.DRAFT),
        CheckConstraint("stage IN ('first', 'second', 'third')", name="stage"),
        PartialIndex(
            "uq_task_work_going",
            "member_id",
            "course_slug",
            "lesson_key",
            where="state IN ('draft', 'handed_in')",
            unique=True,
        ),
        PartialIndex("ix_task_work_handed_in_at", "handed_in_at", "id", where="state = 'handed_in'"),
    )

    state: Mapped[Word] = mapped_column(default=WorkState.DRAFT)
    text: Mapped[Prose]
    saved_at: Mapped[Moment]
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    blind: Mapped[bool] = mapped_column(default=False, server_default=false())
    stage: Mapped[Word] = mapped_column(default=Stage.FIRST, server_default=Stage.FIRST.value)
    points: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
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

    @property
    def settled(self) -> bool:
        """Whether nobody marks it any more."""
        return not self.is_draft and not self.waits


class WorkFile(Base):
    """A file that belongs to a version; a later version keeps the files of the one before until they are taken away."""

    __tablename__ = "task_work_file"
    __table_args__ = (Index("ix_task_work_file_upload_id", "upload_id"),)

    work_id: Mapped[Reference] = mapped_column(ForeignKey("task_work.id", ondelete="CASCADE"), primary_key=True)
    upload_id: Mapped[Reference] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True)


class WorkMark(Base):
    """What one marker gave, where a task asks for two; `place` 3 is the owner's who decided between them."""

    __tablename__ = "task_work_mark"
    __table_args__ = (
        UniqueConstraint("work_id", "place"),
        UniqueConstraint("work_id", "marker_id"),
        CheckConstraint("place >= 1 AND place <= 3", name="place"),
        Index("ix_task_work_mark_marker_id", "marker_id"),
    )

    id: Mapped[Id]
    work_id: Mapped[Reference] = mapped_column(ForeignKey("task_work.id", ondelete="CASCADE"))
    place: Mapped[int]
    marker_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    points: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    score: Mapped[int]
    comment: Mapped[Prose] = mapped_column(default="")
    given_at: Mapped[Moment]


class WorkMessage(Base):
    """A line of the talk between a learner and whoever marks, under a version; `read_at` is the other side's."""

    __tablename__ = "task_message"
    __table_args__ = (
        Index("ix_task_message_work_id", "work_id", "id"),
        Index("ix_task_message_author_id", "author_id"),
    )

    id: Mapped[Id]
    work_id: Mapped[Reference] = mapped_column(ForeignKey("task_work.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    of_learner: Mapped[bool]
    text: Mapped[Prose]
    written_at: Mapped[Moment]
    read_at: Mapped[Moment | None]


class Quality(StrEnum):
    """What a trainer says of a review: nothing yet, it is good, it does not count."""

    OPEN = "open"
    GOOD = "good"
    POOR = "poor"


class WorkReview(Base):
    """One learner reads another's work: first it is only given to them, then they say what they think.

    Neither learns who the other is. `helpful` is the author's opinion (1 little to 3 much), `quality` a trainer's.
    """

    __tablename__ = "task_review"
    __table_args__ = (
        UniqueConstraint("work_id", "reader_id"),
        CheckConstraint("helpful IS NULL OR (helpful >= 1 AND helpful <= 3)", name="helpful"),
        CheckConstraint("quality IN ('open', 'good', 'poor')", name="quality"),
        Index("ix_task_review_reader_id", "reader_id"),
    )

    id: Mapped[Id]
    work_id: Mapped[Reference] = mapped_column(ForeignKey("task_work.id", ondelete="CASCADE"))
    reader_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    assigned_at: Mapped[Moment]
    due_at: Mapped[Moment]
    given_at: Mapped[Moment | None]
    points: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    comment: Mapped[Prose] = mapped_column(default="")
    helpful: Mapped[int | None]
    quality: Mapped[Word] = mapped_column(default=Quality.OPEN, server_default=Quality.OPEN.value)
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))

    @property
    def given(self) -> bool:
        """Whether the reader has said what they think."""
        return self.given_at is not None
