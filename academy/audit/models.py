"""The table of the audit log."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Line, Moment, Word


class AuditEntry(Base):
    """One act. The database refuses to change or remove it (by triggers), so no foreign key leads out."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at_id", "at", "id"), Index("ix_audit_entry_subject", "subject"))

    id: Mapped[Id]
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(BigId)
    actor_role: Mapped[Word] = mapped_column(default="")
    action: Mapped[Word]
    subject: Mapped[Line] = mapped_column(default="")
    result: Mapped[Word] = mapped_column(default="done")
    detail: Mapped[Line] = mapped_column(default="")
