"""Write into the audit log."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.people.actor import Actor


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
    session.add(
        AuditEntry(
            at=now,
            actor_id=actor.id if actor else None,
            actor_role=_role(actor),
            action=action,
            subject=subject,
            result=result,
            detail=detail[:255],
        )
    )


def _role(actor: Actor | None) -> str:
    if actor is None:
        return "system"
    if actor.is_admin:
        return "admin"
    if actor.is_moderator:
        return "moderator"
    return "trainer" if actor.is_trainer else "member"
