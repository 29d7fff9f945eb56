"""Tables of publishing: notes on editions, reviews of drafts, comments, links for guests, what a course requires."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, LessonKey, Line, Moment, Prose, Slug, Word
from academy.dialects import PartialIndex


class Verdict(StrEnum):
    """How a review stands: asked for; good as it is; to be changed; no longer asked for."""

    WAITING = "waiting"
    APPROVED = "approved"
    CHANGES = "changes"
    WITHDRAWN = "withdrawn"


class Source(StrEnum):
    """What a guest is shown: the draft as it is now, or the edition that learners see."""

    DRAFT = "draft"
    LIVE = "live"


class PublishingRule(Base):
    """What the owner of a course asks of whoever publishes it; without a row, nothing."""

    __tablename__ = "publishing_rule"

    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"), primary_key=True)
    review_required: Mapped[bool] = mapped_column(default=False)


class EditionNote(Base):
    """What changed in an edition, in the words of whoever published it, for learners."""

    __tablename__ = "edition_note"

    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[Prose]


class Review(Base):
    """Somebody was asked to look at a draft. An approval counts for the draft with exactly this digest."""

    __tablename__ = "draft_review"
    __table_args__ = (
        CheckConstraint("verdict IN ('waiting', 'approved', 'changes', 'withdrawn')", name="verdict"),
        CheckConstraint("(verdict = 'waiting') = (decided_at IS NULL)", name="decided"),
        Index("ix_draft_review_course_slug_id", "course_slug", "id"),
        PartialIndex("uq_draft_review_waiting", "course_slug", "reviewer_id", where="verdict = 'waiting'", unique=True),
    )

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    digest: Mapped[Line]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    asked_at: Mapped[Moment]
    request: Mapped[Prose] = mapped_column(default="")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    verdict: Mapped[Word] = mapped_column(default=Verdict.WAITING)
    answer: Mapped[Prose] = mapped_column(default="")
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class GuestLink(Base):
    """A link by which somebody without an account sees one lesson and comments on it. Only its token's hash is kept."""

    __tablename__ = "guest_link"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("source IN ('draft', 'live')", name="source"),
        Index("ix_guest_link_course_slug_id", "course_slug", "id"),
    )

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    lesson_key: Mapped[LessonKey]
    source: Mapped[Word]
    guest: Mapped[Line]
    shows_answers: Mapped[bool] = mapped_column(default=False)
    token_hash: Mapped[Line]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]


class DraftComment(Base):
    """A remark on a file, on a line or a paragraph of it: by somebody of the course, or by a guest under a name.

    `quote` is how the line or paragraph began: it is found again by it when lines have moved.
    """

    __tablename__ = "draft_comment"
    __table_args__ = (
        CheckConstraint("line IS NULL OR line >= 1", name="line"),
        Index("ix_draft_comment_course_slug_path", "course_slug", "path", "id"),
    )

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    path: Mapped[Line]
    line: Mapped[int | None]
    quote: Mapped[Line] = mapped_column(default="")
    text: Mapped[Prose]
    guest: Mapped[Line] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    guest_link_id: Mapped[int | None] = mapped_column(ForeignKey("guest_link.id", ondelete="SET NULL"))
    place: Mapped[int | None]
    made_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
