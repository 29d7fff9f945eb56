"""Tables of the digest: who wants it how often, and since when people have been there to be seen."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Moment, Reference, Word


class Frequency(StrEnum):
    """How often somebody wants the letter."""

    NEVER = "never"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class DigestChoice(Base):
    """How one member wants the letter; without a row they get none.

    `next_at` is when the next one is due: a letter and the move of it are one transaction, so that none is sent twice.
    `since` is up to when they were told. Between the hours `quiet_from` and `quiet_to` of their day letters wait.
    """

    __tablename__ = "digest_choice"
    __table_args__ = (
        Index("ix_digest_choice_next_at", "next_at", "member_id"),
        CheckConstraint("frequency IN ('never', 'weekly', 'monthly')", name="frequency"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23", name="quiet"),
    )

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    frequency: Mapped[Word]
    quiet_from: Mapped[int] = mapped_column(SmallInteger)
    quiet_to: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[Moment]
    next_at: Mapped[Moment | None]
    chosen_at: Mapped[Moment]


class DigestPerson(Base):
    """Since when somebody's name has been open to anybody else: whoever closes and opens it again is not new."""

    __tablename__ = "digest_person"
    __table_args__ = (Index("ix_digest_person_open_since", "open_since", "member_id"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    open_since: Mapped[Moment]
