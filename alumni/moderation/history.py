"""The history of cases, which only grows, and the audit log beside it."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.people.actor import Actor
from alumni.moderation.models import Case, Entry


def note(session: Session, *, case: Case, act: str, by: Actor | None, now: datetime, words: str = "") -> None:
    """Remember an act in the case's own history; acts of moderators are in the audit log too, without words."""
    by_id = by.id if by else None
    session.add(Entry(case_id=case.id, at=now, by_id=by_id, act=act, words=words))
    if by is not None:
        detail = f"{case.kind}:{case.number} {case.on_thing} {case.on_person}".strip()
        record(session, actor=by, action=f"case.{act}", now=now, subject=f"case:{case.id}", detail=detail)
