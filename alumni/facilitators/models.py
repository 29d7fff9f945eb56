"""Tables of facilitators: who offers to run sessions, the sessions they are invited to, and the hours."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Slug, Word
from academy.dialects import PartialIndex
from alumni.facilitators.kinds import SessionState


class Facilitator(Base):
    """An alumnus who offers to run sessions for new cohorts."""

    __tablename__ = "facilitator"
    __table_args__ = (
        UniqueConstraint("member_id"),
        PartialIndex("ix_facilitator_there", "id", where="stopped_at IS NULL"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    words: Mapped[Prose]
    stopped_at: Mapped[Moment | None]
    withheld_at: Mapped[Moment | None]
    since: Mapped[Moment]


class FacilitatorTerm(Base):
    """A topic, a language or a format somebody offers."""

    __tablename__ = "facilitator_term"
    __table_args__ = (
        CheckConstraint("kind IN ('topics', 'languages', 'formats')", name="kind"),
        Index("ix_facilitator_term_key", "kind", "key", "facilitator_id"),
    )

    facilitator_id: Mapped[Reference] = mapped_column(
        ForeignKey("facilitator.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[Word] = mapped_column(primary_key=True)
    key: Mapped[Word] = mapped_column(primary_key=True)


class Facilitation(Base):
    """A session somebody is invited to run, of the course of its cohort. Lengths are in minutes.

    What the facilitator logs counts once it is confirmed; `wish_id` is the certificate of service it was used for.
    """

    __tablename__ = "facilitation"
    __table_args__ = (
        Index("ix_facilitation_member_id", "member_id", "id"),
        Index("ix_facilitation_invited_by", "invited_by", "id"),
        PartialIndex("ix_facilitation_conversation_id", "conversation_id", where="conversation_id IS NOT NULL"),
        PartialIndex(
            "ix_facilitation_logged_at", "logged_at", "id", where="logged IS NOT NULL AND confirmed_at IS NULL"
        ),
        CheckConstraint("state IN ('invited', 'accepted', 'declined', 'cancelled')", name="state"),
        CheckConstraint("expected > 0", name="expected"),
        CheckConstraint("logged IS NULL OR logged > 0", name="logged"),
        CheckConstraint("confirmed_at IS NULL OR (logged IS NOT NULL AND state = 'accepted')", name="confirmed"),
        CheckConstraint("wish_id IS NULL OR confirmed_at IS NOT NULL", name="used"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    title: Mapped[Line]
    cohort: Mapped[Line] = mapped_column(default="")
    course_slug: Mapped[Slug | None] = mapped_column(ForeignKey("course.slug"))
    at: Mapped[Moment]
    place: Mapped[Line] = mapped_column(default="")
    expected: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[Prose] = mapped_column(default="")
    state: Mapped[Word] = mapped_column(default=SessionState.INVITED)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    invited_at: Mapped[Moment]
    answer: Mapped[Prose] = mapped_column(default="")
    answered_at: Mapped[Moment | None]
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"))
    logged: Mapped[int | None] = mapped_column(SmallInteger)
    logged_words: Mapped[Prose] = mapped_column(default="")
    logged_at: Mapped[Moment | None]
    returned_words: Mapped[Prose] = mapped_column(default="")
    confirmed_at: Mapped[Moment | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    thanks: Mapped[Prose] = mapped_column(default="")
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_service_wish.id", ondelete="SET NULL"))
