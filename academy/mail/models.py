"""The outbox table."""

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Word

WAITING, SENT, FAILED = "waiting", "sent", "failed"


class Letter(Base):
    """One letter. Its words are kept until it is sent: links in letters open doors."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_letter_state_next_try_at", "state", "next_try_at"),
        Index("ix_letter_to_email", "to_email"),
        CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
    )

    id: Mapped[Id]
    key: Mapped[Line | None]
    to_email: Mapped[Line]
    to_name: Mapped[Line] = mapped_column(default="")
    language: Mapped[Word]
    subject: Mapped[Line]
    text: Mapped[Prose]
    html: Mapped[Prose]
    headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    state: Mapped[Word] = mapped_column(default=WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    next_try_at: Mapped[Moment]
    first_tried_at: Mapped[Moment | None]
    sent_at: Mapped[Moment | None]
    error: Mapped[Line] = mapped_column(default="")
