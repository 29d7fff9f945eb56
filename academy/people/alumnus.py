"""The standing of an alumnus: held while anything that gives it holds, asked for all over the place."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.people.actor import Actor
from academy.people.models import Member

Ground = Callable[[Session, Collection[int]], Iterable[tuple[int, datetime]]]
"""Says of some members which of them it makes alumni, and since when."""


def add_ground(ground: Ground) -> None:
    """Let this be a reason to count as an alumnus; whoever changes what it answers calls `settle`."""
    grounds: list[Ground] = current_app.extensions.setdefault("academy.alumnus_grounds", [])
    grounds.append(ground)


def settle(session: Session, *, member_ids: Collection[int], by: Actor | None, now: datetime) -> None:
    """Let those of these members count as alumni for whom there is a reason, since the earliest, and no others of them.

    That somebody becomes one or ceases to be one is in the audit log.
    """
    held = _locked(session, member_ids)  # first: of two who change something at once, the second sees the first's
    due = _due(session, member_ids)
    changes: dict[datetime | None, list[int]] = defaultdict(list)
    for member_id, since in held.items():
        if since != due.get(member_id):
            changes[due.get(member_id)].append(member_id)
    for since, changed in changes.items():
        session.execute(update(Member).where(Member.id.in_(changed)).values(alumnus_since=since))
    for member_id in (each for changed in changes.values() for each in changed):
        if (held[member_id] is None) != (member_id not in due):
            action = "alumnus.begun" if member_id in due else "alumnus.ended"
            record(session, actor=by, action=action, now=now, subject=f"member:{member_id}")


def _locked(session: Session, member_ids: Collection[int]) -> dict[int, datetime | None]:
    theirs = select(Member.id, Member.alumnus_since).where(Member.id.in_(member_ids)).order_by(Member.id)
    return {row.id: row.alumnus_since for row in session.execute(theirs.with_for_update())}


def _due(session: Session, member_ids: Collection[int]) -> dict[int, datetime]:
    grounds: list[Ground] = current_app.extensions.get("academy.alumnus_grounds", [])
    due: dict[int, datetime] = {}
    for member_id, since in (each for ground in grounds for each in ground(session, member_ids)):
        due[member_id] = min(since, due.get(member_id, since))
    return due
