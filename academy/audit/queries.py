"""Reads of the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of the log and where the next one begins."""

    rows: Sequence[AuditEntry]
    next_before: int | None


def entries(session: Session, *, before: int | None = None, action: str = "", subject: str = "") -> Entries:
    """The log, newest first; `action` is a word or its beginning ('role'), `subject` a reference ('member:12')."""
    wanted = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    if action:
        wanted = wanted.where(AuditEntry.action.startswith(action, autoescape=True))
    if subject:
        wanted = wanted.where(AuditEntry.subject == subject)
    if before is not None:
        wanted = wanted.where(AuditEntry.id < before)
    rows = session.scalars(wanted).all()
    return Entries(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)
