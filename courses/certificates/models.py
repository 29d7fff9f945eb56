"""Tables of certificates: each as it was issued, and the history of each."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Slug, Word
from academy.dialects import PartialIndex


class WithdrawClass(StrEnum):
    """Why a certificate was withdrawn, as far as the public learns it."""

    ERROR = "error"
    MISCONDUCT = "misconduct"
    SUPERSEDED = "superseded"
    REQUEST = "request"


class EventKind(StrEnum):
    """What can happen to a certificate."""

    ISSUED = "issued"
    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


class Certificate(Base):
    """One certificate. What is printed is kept as it was on the day; the name goes when its holder is erased."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("code"),
        PartialIndex(
            "uq_certificate_standing", "member_id", "course_slug", "tier", where="withdrawn_at IS NULL", unique=True
        ),
        Index("ix_certificate_course_slug", "course_slug", "id"),
        CheckConstraint("tier IN ('completion', 'participation')", name="tier"),
        CheckConstraint(
            "withdraw_class IN ('', 'error', 'misconduct', 'superseded', 'request')", name="withdraw_class"
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (withdraw_class = '')", name="withdrawn"),
    )

    id: Mapped[Id]
    code: Mapped[Word]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    tier: Mapped[Word]
    edition: Mapped[int]
    holder_name: Mapped[Line]
    language: Mapped[Word]
    hours: Mapped[int]
    course_title: Mapped[Line]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id", ondelete="SET NULL"))
    cohort_name: Mapped[Line] = mapped_column(default="")
    cohort_year: Mapped[int | None]
    how_checked: Mapped[dict[str, Any]] = mapped_column(JSON)
    issued_at: Mapped[Moment]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    shows_name: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[Moment | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    withdraw_class: Mapped[Word] = mapped_column(default="")
    withdraw_words: Mapped[Prose] = mapped_column(default="")

    @property
    def valid(self) -> bool:
        """Whether it stands: issued and not withdrawn."""
        return self.withdrawn_at is None

    @property
    def taken_away(self) -> bool:
        """Whether it was withdrawn for good, not to be replaced by another."""
        return not self.valid and self.withdraw_class != WithdrawClass.SUPERSEDED

    @property
    def shown_name(self) -> str:
        """The name as far as whoever has the code may see it; '' when the holder keeps it back."""
        return self.holder_name if self.valid and self.shows_name else ""


class CertificateEvent(Base):
    """One step in a certificate's history: rows are only added; erasure takes people out of them."""

    __tablename__ = "certificate_event"
    __table_args__ = (Index("ix_certificate_event_certificate_id", "certificate_id", "id"),)

    id: Mapped[Id]
    certificate_id: Mapped[Reference] = mapped_column(ForeignKey("certificate.id"))
    kind: Mapped[Word]
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    words: Mapped[Prose] = mapped_column(default="")
