"""The standing of an alumnus: held from the first certificate on, asked for all over the place."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.people.models import Member


def grant_alumnus(session: Session, member_id: int, now: datetime) -> None:
    """Let a member count as an alumnus from now on; whoever is one already stays one since then."""
    grant_alumni(session, [member_id], now)


def grant_alumni(session: Session, member_ids: Collection[int], now: datetime) -> None:
    """Let all of these members count as alumni from now on."""
    new = update(Member).where(Member.id.in_(member_ids), Member.alumnus_since.is_(None))
    session.execute(new.values(alumnus_since=now))
