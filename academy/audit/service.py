"""Write into the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.people.actor import Actor

HELD = "academy.audit.held"
_ENTRY = insert(cast("Table", AuditEntry.__table__))


@contextmanager
def in_order(session: Session) -> Iterator[None]:
    """Keep entries back and write them in the order of time at the end: for a story that is told in chapters."""
    held: list[dict[str, Any]] = []
    session.info[HELD] = held
    try:
        yield
    finally:
        del session.info[HELD]
    for entry in sorted(held, key=lambda each: each["at"]):
        session.execute(_ENTRY, entry)


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
    held: list[dict[str, Any]] | None = session.info.get(HELD)
    if held is not None:
        held.append(entry)
        return
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
