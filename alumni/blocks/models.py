"""The table of blocks."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Moment, Reference


class Block(Base):
    """A member keeps another away, who is never told."""

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint("member_id <> blocked_id", name="another"),
        Index("ix_block_blocked_id", "blocked_id"),
    )

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    blocked_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[Moment]
