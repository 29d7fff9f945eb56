"""Tables of certificates: each as it was issued, and the history of each."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Slug, Word
from academy.dialects import PartialIndex
from courses.certificates.kinds import Decision, Given, LineState


class WithdrawClass(StrEnum):
    """Why a certificate was withdrawn, as far as the public learns it."""

    ERROR = "error"
    MISCONDUCT = "misconduct"
    SUPERSEDED = "superseded"
    REQUEST = "request"


class EventKind(StrEnum):
    """What can happen to a certificate."""

    ISSUED = "issued"
    REISSUED = "reissued"
    SHOWN = "shown"
    HIDDEN = "hidden"
    RENEWED = "renewed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


class CertificateTemplate(Base):
    """What a certificate without a course says, by language: title and text. A retired one is given no more."""

    __tablename__ = "certificate_template"
    __table_args__ = (CheckConstraint("kind IN ('service', 'simulation', 'event')", name="kind"),)

    id: Mapped[Id]
    kind: Mapped[Word]
    language: Mapped[Word]
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    hours: Mapped[int] = mapped_column(default=0)
    months: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[Moment]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    retired_at: Mapped[Moment | None]


class Certificate(Base):
    """One certificate. What is printed is kept as it was on the day; the name goes when its holder is erased.

    Of a course, or by a template: then `texts` holds what it said on the day by language, and there is no tier.
    `version` is the edition of the document: it rises when the certificate is written anew under the same code.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("code"),
        PartialIndex(
            "uq_certificate_standing", "member_id", "course_slug", "tier", where="withdrawn_at IS NULL", unique=True
        ),
        PartialIndex(
            "uq_certificate_standing_template", "member_id", "template_id", where="withdrawn_at IS NULL", unique=True
        ),
        PartialIndex("ix_certificate_expires_at", "expires_at", where="expires_at IS NOT NULL"),
        Index("ix_certificate_course_slug", "course_slug", "id"),
        CheckConstraint("tier IN ('completion', 'participation', '')", name="tier"),
        CheckConstraint("kind IN ('course', 'service', 'simulation', 'event')", name="kind"),
        CheckConstraint("(kind = 'course') = (course_slug IS NOT NULL)", name="course"),
        CheckConstraint("(kind = 'course') = (template_id IS NULL)", name="template"),
        CheckConstraint("(kind = 'course') = (tier <> '')", name="tiered"),
        CheckConstraint(
            "withdraw_class IN ('', 'error', 'misconduct', 'superseded', 'request')", name="withdraw_class"
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (withdraw_class = '')", name="withdrawn"),
    )

    id: Mapped[Id]
    code: Mapped[Word]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    kind: Mapped[Word] = mapped_column(default=Given.COURSE)
    course_slug: Mapped[Slug | None] = mapped_column(ForeignKey("course.slug"))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_template.id"))
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    tier: Mapped[Word] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    holder_name: Mapped[Line]
    second_name: Mapped[Line] = mapped_column(default="")
    language: Mapped[Word]
    hours: Mapped[int]
    course_title: Mapped[Line]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id", ondelete="SET NULL"))
    cohort_name: Mapped[Line] = mapped_column(default="")
    cohort_year: Mapped[int | None]
    how_checked: Mapped[dict[str, Any]] = mapped_column(JSON)
    issued_at: Mapped[Moment]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    excepted: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[Moment | None]
    shows_name: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[Moment | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    withdraw_class: Mapped[Word] = mapped_column(default="")
    withdraw_words: Mapped[Prose] = mapped_column(default="")

    @property
    def valid(self) -> bool:
        """Whether it stands: issued and not withdrawn."""
        return self.withdrawn_at is None

    def expired(self, now: datetime) -> bool:
        """Whether its last day has passed."""
        return self.expires_at is not None and self.expires_at <= now

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


class CertificateVersion(Base):
    """One edition of the document of a certificate, as it was printed from then on until the next one replaced it."""

    __tablename__ = "certificate_version"
    __table_args__ = (UniqueConstraint("certificate_id", "number"),)

    id: Mapped[Id]
    certificate_id: Mapped[Reference] = mapped_column(ForeignKey("certificate.id"))
    number: Mapped[int]
    holder_name: Mapped[Line]
    second_name: Mapped[Line] = mapped_column(default="")
    expires_at: Mapped[Moment | None]
    made_at: Mapped[Moment]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class CertificateName(Base):
    """How somebody wants to be written on certificates: `name` is what they looked at and agreed to, and when.

    `second_name` is the same name in another script; `asked_at` is when they were last asked to look at it.
    """

    __tablename__ = "certificate_name"

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"), primary_key=True)
    name: Mapped[Line] = mapped_column(default="")
    second_name: Mapped[Line] = mapped_column(default="")
    confirmed_at: Mapped[Moment | None]
    asked_at: Mapped[Moment | None]


class CertificateRequest(Base):
    """What a holder asks for: another spelling of the name, or that the certificate counts on."""

    __tablename__ = "certificate_request"
    __table_args__ = (
        PartialIndex("uq_certificate_request_open", "certificate_id", "wish", where="decision = 'open'", unique=True),
        PartialIndex("ix_certificate_request_open", "id", where="decision = 'open'"),
        Index("ix_certificate_request_member_id", "member_id"),
        CheckConstraint("wish IN ('name', 'renewal')", name="wish"),
        CheckConstraint("decision IN ('open', 'done', 'refused')", name="decision"),
        CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[Id]
    certificate_id: Mapped[Reference] = mapped_column(ForeignKey("certificate.id"))
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"))
    wish: Mapped[Word]
    name: Mapped[Line] = mapped_column(default="")
    second_name: Mapped[Line] = mapped_column(default="")
    words: Mapped[Prose] = mapped_column(default="")
    made_at: Mapped[Moment]
    decision: Mapped[Word] = mapped_column(default=Decision.OPEN)
    answer: Mapped[Prose] = mapped_column(default="")
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class CertificateBatch(Base):
    """Certificates that one admin gives to many people at one time; the worker issues them."""

    __tablename__ = "certificate_batch"
    __table_args__ = (CheckConstraint("(course_slug IS NULL) = (template_id IS NOT NULL)", name="source"),)

    id: Mapped[Id]
    course_slug: Mapped[Slug | None] = mapped_column(ForeignKey("course.slug"))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_template.id"))
    tier: Mapped[Word] = mapped_column(default="")
    made_at: Mapped[Moment]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class CertificateBatchLine(Base):
    """One person of a batch and what came of it; `refusal` is a stable word, `detail` what it is about."""

    __tablename__ = "certificate_batch_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "member_id"),
        PartialIndex("ix_certificate_batch_line_waiting", "id", where="state = 'waiting'"),
        Index("ix_certificate_batch_line_member_id", "member_id"),
        CheckConstraint("state IN ('waiting', 'issued', 'held', 'refused')", name="state"),
    )

    id: Mapped[Id]
    batch_id: Mapped[Reference] = mapped_column(ForeignKey("certificate_batch.id"))
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"))
    state: Mapped[Word] = mapped_column(default=LineState.WAITING)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    refusal: Mapped[Word] = mapped_column(default="")
    detail: Mapped[Line] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[Moment | None]
