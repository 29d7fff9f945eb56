"""Writing that a decision of the moderators closed for a time."""

from datetime import datetime

from sqlalchemy.orm import Session

from alumni.moderation.queries import is_silenced
from alumni.moderation.refusals import Silenced


def let_write(session: Session, member_id: int, now: datetime) -> None:
    """Go on unless a decision of the moderators keeps this member from writing; raise Silenced then."""
    if is_silenced(session, member_id, now):
        raise Silenced
