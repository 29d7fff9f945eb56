"""The standing of an alumnus: held while a certificate stands, asked for all over the place."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.people.actor import Actor
from academy.people.models import Member


def lock(session: Session, member_ids: Collection[int]) -> dict[int, datetime | None]:
    """Since when each of these members has counted as an alumnus; none of it changes until the transaction ends."""
    theirs = select(Member.id, Member.alumnus_since).where(Member.id.in_(member_ids)).order_by(Member.id)
    return {row.id: row.alumnus_since for row in session.execute(theirs.with_for_update())}


def settle(
    session: Session,
    *,
    held: Mapping[int, datetime | None],
    due: Mapping[int, datetime],
    by: Actor | None,
    now: datetime,
) -> None:
    """Let those of `held` count as alumni who are in `due`, since the moment it names, and nobody else of them.

    Whoever is one already stays one since then. Each change is in the audit log.
    """
    changes: dict[datetime | None, list[int]] = defaultdict(list)
    for member_id, since in held.items():
        if (since is None) != (member_id not in due):
            changes[due.get(member_id)].append(member_id)
    for since, member_ids in changes.items():
        session.execute(update(Member).where(Member.id.in_(member_ids)).values(alumnus_since=since))
        for member_id in member_ids:
            action = "alumnus.begun" if since else "alumnus.ended"
            record(session, actor=by, action=action, now=now, subject=f"member:{member_id}")
