"""Reads of drafts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from alumni.forum.drafts.models import Draft


def draft_of(session: Session, member_id: int, place: str) -> Draft | None:
    """What somebody began to write in this place."""
    return session.get(Draft, (member_id, place))


def drafts_of(session: Session, member_id: int) -> Sequence[Draft]:
    """Everything somebody began to write, the newest first."""
    return session.scalars(select(Draft).where(Draft.member_id == member_id).order_by(Draft.saved_at.desc())).all()
