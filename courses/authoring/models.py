"""Tables of authoring: the working copy of a course, its files, and every step that changed them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Reference, Slug, Word


class StepKind(StrEnum):
    """What somebody did to a draft; the words for it are in `words.py`."""

    BEGUN = "begun"
    SAVED = "saved"
    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    RETIRED = "retired"
    UPLOADED = "uploaded"
    REMOVED = "removed"
    TRANSLATED = "translated"
    SETTINGS = "settings"
    IMPORTED = "imported"
    RESTORED = "restored"
    UNDONE = "undone"
    PUBLISHED = "published"


class Draft(Base):
    """The one working copy of a course. `base_edition` is the number it began from; `revision` grows with each step."""

    __tablename__ = "draft"
    __table_args__ = (CheckConstraint("revision >= 0", name="revision"),)

    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"), primary_key=True)
    base_edition: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[Moment]
    changed_at: Mapped[Moment]


class DraftFile(Base):
    """Which bytes stand at which path of the working copy now."""

    __tablename__ = "draft_file"
    __table_args__ = (Index("ix_draft_file_digest", "digest"),)

    course_slug: Mapped[Slug] = mapped_column(ForeignKey("draft.course_slug", ondelete="CASCADE"), primary_key=True)
    path: Mapped[Line] = mapped_column(primary_key=True)
    digest: Mapped[Line] = mapped_column(ForeignKey("stored_file.digest"))
    changed_at: Mapped[Moment]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class Step(Base):
    """One change of a draft, numbered from 1. `about` names the file or thing it was about, in the author's words."""

    __tablename__ = "draft_step"
    __table_args__ = (UniqueConstraint("course_slug", "number"),)

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("draft.course_slug", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[Word]
    about: Mapped[Line] = mapped_column(default="")
    made_at: Mapped[Moment]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class Change(Base):
    """What a step did to one file: the digests before and after; None where there was no file."""

    __tablename__ = "draft_change"
    __table_args__ = (Index("ix_draft_change_before", "before"), Index("ix_draft_change_after", "after"))

    step_id: Mapped[Reference] = mapped_column(ForeignKey("draft_step.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[Line] = mapped_column(primary_key=True)
    before: Mapped[str | None] = mapped_column(ForeignKey("stored_file.digest"))
    after: Mapped[str | None] = mapped_column(ForeignKey("stored_file.digest"))
