"""Drafts of whoever goes, or takes what is theirs along."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from alumni.forum.drafts import queries
from alumni.forum.drafts.models import Draft


def forget(session: Session, member_id: int) -> None:
    """Erase what somebody began to write."""
    session.execute(delete(Draft).where(Draft.member_id == member_id))


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """The same, for their export."""
    drafts = queries.drafts_of(session, member_id)
    return {
        "drafts": [
            {"title": each.title, "text": each.text, "tags": each.tags, "saved_at": each.saved_at.isoformat()}
            for each in drafts
        ]
    }
