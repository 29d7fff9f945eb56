"""Reads of events."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from alumni.events import rules
from alumni.events.models import (
    ASKED,
    GOING,
    OPEN,
    PROPOSED,
    WAITING,
    CalendarFeed,
    Event,
    EventGuest,
    EventHost,
    EventLanguage,
)
from alumni.events.sight import Sight, hidden_from, seen
from alumni.profiles.viewers import VISITOR

PAGE = 20
UPCOMING, PAST, MINE, TO_DECIDE = "upcoming", "past", "mine", "to-decide"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of events is to hold; '' means anything. `after` is the number of the last event before it."""

    which: str = UPCOMING
    form: str = ""
    language: str = ""
    host: tuple[str, str] | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of events, and whether there are more."""

    events: Sequence[Event]
    more: bool


def page_of(session: Session, sight: Sight, wanted: Wanted, now: datetime) -> Found:
    """A page of the events somebody sees: what is to come begins with the next one, all else with the last one."""
    among = and_(_which(wanted.which, sight.actor.id, now), *_narrowed(wanted))
    query = select(Event).where(among, seen(session, sight, among))
    forwards = wanted.which in {UPCOMING, TO_DECIDE}
    place = tuple_(Event.begins_at, Event.id)
    if wanted.after is not None:
        last = select(Event.begins_at, Event.id).where(Event.id == wanted.after).subquery()
        bound = tuple_(select(last.c.begins_at).scalar_subquery(), select(last.c.id).scalar_subquery())
        query = query.where(place > bound if forwards else place < bound)
    ways = (Event.begins_at, Event.id) if forwards else (Event.begins_at.desc(), Event.id.desc())
    rows = session.scalars(query.order_by(*ways).limit(PAGE + 1)).all()
    return Found(rows[:PAGE], len(rows) > PAGE)


def to_decide(session: Session, now: datetime) -> int:
    """How many events wait for those who keep order, up to a page of them; none of what is hidden from outside."""
    waiting = select(Event.id).where(_which(TO_DECIDE, 0, now), not_(hidden_from(VISITOR)))
    return len(session.scalars(waiting.limit(PAGE)).all())


def _which(which: str, member_id: int, now: datetime) -> ColumnElement[bool]:
    # No event lasts longer than a fortnight: what began before that needs no look.
    to_come = and_(Event.begins_at > now - rules.LONGEST, Event.ends_at > now)
    if which == PAST:
        return and_(Event.state == OPEN, Event.begins_at < now, Event.ends_at <= now)
    if which == MINE:
        return or_(Event.id.in_(_held_by(member_id)), Event.id.in_(_visited_by(member_id)))
    if which == TO_DECIDE:
        return and_(to_come, or_(Event.state == PROPOSED, and_(Event.state == OPEN, ~_hosted())))
    return and_(Event.state == OPEN, to_come)


def _held_by(member_id: int) -> Select[int]:
    return select(EventHost.event_id).where(EventHost.member_id == member_id)


def _visited_by(member_id: int) -> Select[int]:
    there = EventGuest.state.in_((GOING, WAITING, ASKED))
    return select(EventGuest.event_id).where(EventGuest.member_id == member_id, there)


def _hosted() -> ColumnElement[bool]:
    present = EventHost.since.is_not(None), Member.state == ACTIVE, EventHost.event_id == Event.id
    return (
        select(EventHost.event_id)
        .join(Member, Member.id == EventHost.member_id)
        .where(*present)
        .correlate(Event)
        .exists()
    )


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = []
    if wanted.form:
        ways.append(Event.form == wanted.form)
    if wanted.language:
        spoken = select(EventLanguage.event_id).where(EventLanguage.code == wanted.language)
        ways.append(Event.id.in_(spoken))
    if wanted.host:
        ways += [Event.host_kind == wanted.host[0], Event.host_key == wanted.host[1]]
    return ways


def event_seen(session: Session, sight: Sight, number: int) -> Event | None:
    """The event with this number, if they see it."""
    this = Event.id == number
    return session.scalar(select(Event).where(this, seen(session, sight, this)))


def event_of(session: Session, number: int) -> Event | None:
    """The event with this number, whoever asks."""
    return session.get(Event, number)


def locked(session: Session, number: int) -> Event | None:
    """The event with this number as it is now; nobody else changes it until the transaction ends."""
    this = select(Event).where(Event.id == number).with_for_update()
    return session.scalar(this.execution_options(populate_existing=True))


def hosts_of(session: Session, event_ids: Collection[int]) -> dict[int, list[EventHost]]:
    """Who holds each of these events, or was asked to, the first one first; nobody whose account does not stand."""
    theirs = (
        select(EventHost)
        .join(Member, Member.id == EventHost.member_id)
        .where(EventHost.event_id.in_(event_ids), Member.state == ACTIVE)
        .order_by(EventHost.event_id, EventHost.asked_at, EventHost.member_id)
    )
    found: dict[int, list[EventHost]] = defaultdict(list)
    for host in session.scalars(theirs):
        found[host.event_id].append(host)
    return found


def host_row(session: Session, event_id: int, member_id: int) -> EventHost | None:
    """How somebody stands among the hosts of an event."""
    return session.get(EventHost, (event_id, member_id))


def languages_of(session: Session, event_ids: Collection[int]) -> dict[int, list[str]]:
    """What is spoken at each of these events."""
    rows = select(EventLanguage).where(EventLanguage.event_id.in_(event_ids)).order_by(EventLanguage.code)
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.scalars(rows):
        found[row.event_id].append(row.code)
    return found


def feed_of(session: Session, member_id: int) -> CalendarFeed | None:
    """The calendar link of a member."""
    return session.scalar(select(CalendarFeed).where(CalendarFeed.member_id == member_id))


def member_of_feed(session: Session, number: int) -> Member | None:
    """Whose calendar link this is, while their account stands."""
    theirs = select(Member).join(CalendarFeed, CalendarFeed.member_id == Member.id)
    return session.scalar(theirs.where(CalendarFeed.id == number, Member.state == ACTIVE))


def held_by(session: Session, member_id: int, event_ids: Collection[int]) -> set[int]:
    """Which of these events somebody holds."""
    theirs = select(EventHost.event_id).where(EventHost.member_id == member_id, EventHost.since.is_not(None))
    return set(session.scalars(theirs.where(EventHost.event_id.in_(event_ids))))
