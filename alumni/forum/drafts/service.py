"""Keeping what somebody writes until they send it."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from alumni.forum.drafts.models import Draft
from alumni.forum.drafts.rules import Sketch


def keep(session: Session, *, member_id: int, place: str, sketch: Sketch, now: datetime) -> None:
    """Keep what somebody writes in a place; an empty sketch is no draft any more."""
    if sketch.is_empty:
        drop(session, member_id, place)
        return
    changed = {
        "title": sketch.title,
        "text": sketch.text,
        "tags": sketch.tags,
        "warning": sketch.warning,
        "reply_to": sketch.reply_to,
        "saved_at": now,
    }
    new = insert_into(Draft, session.get_bind()).values(member_id=member_id, place=place, **changed)
    session.execute(new.on_conflict_do_update(index_elements=["member_id", "place"], set_=changed))


def drop(session: Session, member_id: int, place: str) -> None:
    """Let a draft go: it was sent, or its owner wants no more of it."""
    session.execute(delete(Draft).where(Draft.member_id == member_id, Draft.place == place))
