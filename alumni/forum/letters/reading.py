"""Whoever opens a topic has read what they were told about it."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.notices import service
from alumni.forum.topics.rules import about


def read(session: Session, member_id: int, topic_id: int, now: datetime) -> int:
    """Mark it as read; returns how many notices on the site it was."""
    return service.mark_read_about(session, member_id=member_id, about=about(topic_id), now=now)
