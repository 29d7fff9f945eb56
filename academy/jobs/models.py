"""Tables of the work for later."""

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Line, Moment, Word


class Job(Base):
    """One piece of work that waits; the row goes when the work is done."""

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("key"), Index("ix_job_due_at", "due_at"))

    id: Mapped[Id]
    key: Mapped[Line | None]
    name: Mapped[Word]
    values: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    due_at: Mapped[Moment]


class Turn(Base):
    """The last turn taken of something that happens at intervals, on whichever host it was taken."""

    __tablename__ = "job_turn"

    name: Mapped[Word] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigId)
    taken_at: Mapped[Moment]
