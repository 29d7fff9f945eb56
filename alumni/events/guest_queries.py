"""Reads of guests: who goes, who waits, who asked; and what is kept with an event."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from academy.uploads.models import Upload
from alumni.events.models import (
    ASKED,
    CANCELLED,
    GOING,
    OPEN,
    WAITING,
    Event,
    EventFile,
    EventGuest,
    EventHost,
)
from alumni.events.sight import Sight, kept_away, seen

PAGE = 50
MOST_LISTED = 500
AT_ONCE = 10
CONCERNED = (GOING, WAITING, ASKED)


@dataclass(frozen=True, slots=True)
class GuestPage:
    """Some guests of an event, and whether there are more."""

    guests: Sequence[EventGuest]
    more: bool


def guest_of(session: Session, event_id: int, member_id: int) -> EventGuest | None:
    """How somebody answered."""
    return session.get(EventGuest, (event_id, member_id))


def answers_of(session: Session, member_id: int, event_ids: Collection[int]) -> dict[int, str]:
    """How somebody stands to each of these events they answered."""
    if not event_ids:
        return {}
    rows = select(EventGuest.event_id, EventGuest.state).where(
        EventGuest.member_id == member_id, EventGuest.event_id.in_(event_ids)
    )
    return {row.event_id: row.state for row in session.execute(rows)}


def how_many(session: Session, event_id: int) -> dict[str, int]:
    """How many guests stand how."""
    counts = select(EventGuest.state, func.count()).where(EventGuest.event_id == event_id).group_by(EventGuest.state)
    return {state: count for state, count in session.execute(counts)}  # noqa: C416  rows are no pairs to the checker


def how_many_came(session: Session, event_id: int) -> int:
    """How many a host ticked as having been there."""
    came = select(func.count()).where(EventGuest.event_id == event_id, EventGuest.came.is_(true()))
    return session.scalar(came) or 0


def place_in_line(session: Session, guest: EventGuest) -> int:
    """Which one somebody on the waiting list is, the first being 1."""
    before = or_(
        EventGuest.since < guest.since,
        and_(EventGuest.since == guest.since, EventGuest.member_id < guest.member_id),
    )
    waiting = EventGuest.event_id == guest.event_id, EventGuest.state == WAITING
    return 1 + (session.scalar(select(func.count()).where(*waiting, before)) or 0)


def guests_in(session: Session, event_id: int, state: str, after: int | None = None) -> GuestPage:
    """A page of those who stand like this, the first to answer first; after the guest with this number."""
    query = select(EventGuest).where(EventGuest.event_id == event_id, EventGuest.state == state)
    if after is not None:
        last = select(EventGuest.since).where(EventGuest.event_id == event_id, EventGuest.member_id == after)
        since = last.scalar_subquery()
        same = and_(EventGuest.since == since, EventGuest.member_id > after)
        query = query.where(or_(EventGuest.since > since, same))
    rows = session.scalars(query.order_by(EventGuest.since, EventGuest.member_id).limit(PAGE + 1)).all()
    return GuestPage(rows[:PAGE], len(rows) > PAGE)


def numbers_of(session: Session, event_id: int) -> Sequence[int]:
    """The numbers of all who ever answered."""
    return session.scalars(select(EventGuest.member_id).where(EventGuest.event_id == event_id)).all()


def going(session: Session, event_id: int) -> Sequence[int]:
    """The numbers of those who go, the first to answer first; at most five hundred."""
    theirs = select(EventGuest.member_id).where(EventGuest.event_id == event_id, EventGuest.state == GOING)
    return session.scalars(theirs.order_by(EventGuest.since, EventGuest.member_id).limit(MOST_LISTED)).all()


def seats_taken(session: Session, event_id: int) -> int:
    """How many go."""
    taken = select(func.count()).where(EventGuest.event_id == event_id, EventGuest.state == GOING)
    return session.scalar(taken) or 0


def next_in_line(session: Session, event: Event, free: int | None) -> Sequence[EventGuest]:
    """Those who have waited longest and may have the free seats; None is room for all."""
    line = (
        select(EventGuest)
        .join(Event, Event.id == EventGuest.event_id)
        .join(Member, Member.id == EventGuest.member_id)
        .where(EventGuest.event_id == event.id, EventGuest.state == WAITING, _may_come())
        .order_by(EventGuest.since, EventGuest.member_id)
    )
    return session.scalars(line if free is None else line.limit(max(free, 0))).all()


def _may_come() -> ColumnElement[bool]:
    return and_(Member.state == ACTIVE, not_(kept_away(EventGuest.member_id)))


def concerned(session: Session, event_id: int, states: Collection[str] = CONCERNED) -> Sequence[int]:
    """The numbers of those who are told what becomes of an event; nobody whom a host keeps away."""
    return session.scalars(
        select(EventGuest.member_id)
        .join(Event, Event.id == EventGuest.event_id)
        .join(Member, Member.id == EventGuest.member_id)
        .where(EventGuest.event_id == event_id, EventGuest.state.in_(states), _may_come())
    ).all()


def soon(session: Session, told: ColumnElement[bool], now: datetime, until: datetime) -> Sequence[Event]:
    """Some events that begin until then and of which nobody was reminded; their rows are held."""
    coming = select(Event).where(Event.state == OPEN, Event.begins_at > now, Event.begins_at <= until, told)
    return session.scalars(coming.order_by(Event.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all()


def for_calendar(session: Session, sight: Sight, since: datetime) -> Sequence[Event]:
    """What somebody goes to, waits for or holds, from then on, as far as they see it."""
    answered = select(EventGuest.event_id).where(
        EventGuest.member_id == sight.actor.id, EventGuest.state.in_((GOING, WAITING))
    )
    held_by = select(EventHost.event_id).where(EventHost.member_id == sight.actor.id, EventHost.since.is_not(None))
    theirs = or_(Event.id.in_(answered), Event.id.in_(held_by))
    among = and_(Event.begins_at > since, Event.state.in_((OPEN, CANCELLED)), theirs)
    listed = select(Event).where(among, seen(session, sight, among)).order_by(Event.begins_at.desc(), Event.id)
    return session.scalars(listed.limit(MOST_LISTED)).all()


def files_of(session: Session, event_id: int) -> Sequence[Upload]:
    """What is kept with an event, the oldest first."""
    kept = select(Upload).join(EventFile, EventFile.upload_id == Upload.id).where(EventFile.event_id == event_id)
    return session.scalars(kept.order_by(Upload.id)).all()


def file_of(session: Session, event_id: int, upload_id: int) -> Upload | None:
    """One file that is kept with this event."""
    kept = select(Upload).join(EventFile, EventFile.upload_id == Upload.id)
    return session.scalar(kept.where(EventFile.event_id == event_id, Upload.id == upload_id))


def held(session: Session, upload_ids: Collection[int]) -> Collection[int]:
    """Which of these files are kept with an event."""
    return session.scalars(select(EventFile.upload_id).where(EventFile.upload_id.in_(upload_ids))).all()


def readers(session: Session, event: Event) -> Sequence[int]:
    """Those whom notes of an event are for: who had a seat, unless a host noted that they did not come."""
    had = EventGuest.event_id == event.id, EventGuest.state == GOING
    there = select(EventGuest.member_id).join(Event, Event.id == EventGuest.event_id)
    there = there.join(Member, Member.id == EventGuest.member_id).where(*had, _may_come())
    return session.scalars(there.where(EventGuest.came.is_not(false()))).all()
