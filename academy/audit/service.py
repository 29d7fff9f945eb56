"""Write into the audit log."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.people.actor import Actor

_ENTRY = insert(cast("Table", AuditEntry.__table__))


def record(
    session: Session,
    *,
    actor: Actor | None,
    action: str,
    now: datetime,
    subject: str = "",
    result: str = "done",
    detail: str = "",
) -> None:
    """Note an act: `action` is a stable word such as 'role.given', `subject` a reference such as 'member:12'."""
    entry = {
        "at": now,
        "actor_id": actor.id if actor else None,
        "actor_role": _role(actor),
        "action": action,
        "subject": subject,
        "result": result,
        "detail": detail[:255],
    }
    with session.no_autoflush:  # an entry hangs on no other row: what waits to be written may go on waiting
        session.execute(_ENTRY, entry)


def _role(actor: Actor | None) -> str:
    if actor is None:
        return "system"
    if actor.is_admin:
        return "admin"
    if actor.is_moderator:
        return "moderator"
    return "trainer" if actor.is_trainer else "member"
