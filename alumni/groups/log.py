"""What conveners do, for the audit log; nothing of hidden groups is there, or admins would read who is in them."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.people.actor import Actor
from alumni.groups.models import Entry, Group


def note(
    session: Session, *, group: Group, by: Actor, action: str, now: datetime, member_id: int | None = None
) -> None:
    """Note an act inside a group that is no secret."""
    if group.entry == Entry.HIDDEN:
        return
    detail = "" if member_id is None else f"member:{member_id}"
    record(session, actor=by, action=action, now=now, subject=f"group:{group.id}", detail=detail)
