"""The table of graduates who ask for their place."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Word
from academy.dialects import PartialIndex

OPEN, GIVEN, DECLINED = "open", "given", "declined"


class PlaceClaim(Base):
    """A member says that they finished earlier; the coordinator answers. One waits at a time."""

    __tablename__ = "place_claim"
    __table_args__ = (
        PartialIndex("uq_place_claim_open", "member_id", where="state = 'open'", unique=True),
        Index("ix_place_claim_member_id", "member_id", "id"),
        Index("ix_place_claim_state", "state", "id"),
        CheckConstraint("state IN ('open', 'given', 'declined')", name="state"),
        CheckConstraint("year BETWEEN 1950 AND 2100", name="year"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    name: Mapped[Line]
    year: Mapped[int]
    cohort: Mapped[Line] = mapped_column(default="")
    code: Mapped[Line] = mapped_column(default="")
    words: Mapped[Prose] = mapped_column(default="")
    state: Mapped[Word] = mapped_column(default=OPEN)
    answer: Mapped[Prose] = mapped_column(default="")
    asked_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
