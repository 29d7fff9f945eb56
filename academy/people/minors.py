"""Members who are not of age: noted by an admin, because nobody is asked for a birth date."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.dialects import insert_into
from academy.people.actor import Actor
from academy.people.models import Member, Minor


def minors_among(session: Session, member_ids: Collection[int]) -> set[int]:
    """Those of these members who are not of age."""
    return set(session.scalars(select(Minor.member_id).where(Minor.member_id.in_(member_ids))))


def note(session: Session, *, member: Member, by: Actor, now: datetime) -> None:
    """From now on nobody but staff writes to this member; to note it twice changes nothing."""
    new = insert_into(Minor, session.get_bind()).values(member_id=member.id, noted_at=now, noted_by=by.id)
    if session.scalar(new.on_conflict_do_nothing().returning(Minor.member_id)) is not None:
        record(session, actor=by, action="minor.noted", now=now, subject=f"member:{member.id}")


def lift(session: Session, *, member: Member, by: Actor, now: datetime) -> None:
    """The member has come of age, or was never a minor."""
    gone = delete(Minor).where(Minor.member_id == member.id).returning(Minor.member_id)
    if session.scalar(gone) is not None:
        record(session, actor=by, action="minor.lifted", now=now, subject=f"member:{member.id}")


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """What is noted of a member, for their export."""
    noted = session.scalars(select(Minor.noted_at).where(Minor.member_id == member_id))
    return {"noted": [each.isoformat() for each in noted]}


def forget(session: Session, member_id: int) -> None:
    """Erase the note."""
    session.execute(delete(Minor).where(Minor.member_id == member_id))
