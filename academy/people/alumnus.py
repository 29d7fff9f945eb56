"""The standing of an alumnus: held from the first certificate on, asked for all over the place."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.people.models import Member


def grant_alumnus(session: Session, member_id: int, now: datetime) -> None:
    """Let a member count as an alumnus from now on; whoever is one already stays one since then."""
    session.execute(
        update(Member).where(Member.id == member_id, Member.alumnus_since.is_(None)).values(alumnus_since=now)
    )
