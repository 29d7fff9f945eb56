"""Who has a seat: come, stay away, be let in, move up. Whatever changes a seat holds the event's row first."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.errors import DomainError, NotFound
from academy.i18n import lazy_gettext as _l
from alumni.events import guest_queries, queries, rules, telling
from alumni.events.models import ASKED, DECLINED, GOING, NOT_GOING, OPEN, WAITING, Event, EventGuest


class Closed(DomainError):
    """The event was cancelled, or it has begun."""

    sentence = _l("This event no longer takes answers.")


class WithoutHost(DomainError):
    """Nobody holds the event at the moment."""

    sentence = _l("Nobody holds this event at the moment, so it takes no new guests.")


class HostsCome(DomainError):
    """Hosts need no place."""

    sentence = _l("You hold this event, so you need no place in it.")


class NoPlace(DomainError):
    """The hosts said that this person cannot come."""

    sentence = _l("The hosts have no place for you this time.")


def _held(session: Session, event_id: int) -> Event:
    event = queries.locked(session, event_id)
    if event is None:
        raise NotFound
    return event


def come(session: Session, *, event_id: int, member_id: int, now: datetime) -> str:
    """Note that somebody comes; returns how they stand now. Twice is the same as once.

    Raises Closed, WithoutHost, HostsCome or NoPlace.
    """
    event = _held(session, event_id)
    hosts = [each for each in queries.hosts_of(session, [event_id])[event_id] if each.since]
    if any(each.member_id == member_id for each in hosts):
        raise HostsCome
    guest = _guest(session, event, member_id)
    before = guest.state if guest else ""
    if before == DECLINED:
        raise NoPlace
    if before in {GOING, WAITING, ASKED}:
        return before
    _refuse_unless_open(event, bool(hosts), now)
    state = rules.after_coming(before, event)
    _stand(session, event, member_id, state, now)
    if state == ASKED:
        key = f"event-asked:{event_id}:{member_id}"
        telling.say(session, telling.HOSTS, "asks", event, to=[each.member_id for each in hosts], now=now, key=key)
    return state


def _refuse_unless_open(event: Event, hosted: bool, now: datetime) -> None:
    if not rules.takes_answers(event, now):
        raise Closed
    if not hosted:
        raise WithoutHost


def stay_away(session: Session, *, event_id: int, member_id: int, now: datetime) -> None:
    """Note that somebody does not come, and give their seat to the next one; raise Closed once it has begun."""
    event = _held(session, event_id)
    guest = _guest(session, event, member_id)
    if guest and guest.state in {NOT_GOING, DECLINED}:
        return
    if not rules.takes_answers(event, now):
        raise Closed
    _stand(session, event, member_id, NOT_GOING, now)
    settle(session, event, now)


def decide(session: Session, *, event_id: int, member_id: int, accepted: bool, now: datetime) -> None:
    """Let somebody in who asked, or take their place away; raise Closed once it has begun, NotFound for nobody."""
    event = _held(session, event_id)
    guest = _guest(session, event, member_id)
    if guest is None or guest.state == NOT_GOING:
        raise NotFound
    wanted = guest.state in {ASKED, DECLINED} if accepted else guest.state != DECLINED
    if not wanted:
        return
    if not rules.takes_answers(event, now):
        raise Closed
    state = rules.with_seat(event) if accepted else DECLINED
    _stand(session, event, member_id, state, now)
    what = {GOING: "place", WAITING: "in_line", DECLINED: "declined"}[state]
    telling.say(session, telling.GUESTS, what, event, to=[member_id], now=now)
    settle(session, event, now)


def _guest(session: Session, event: Event, member_id: int) -> EventGuest | None:
    return guest_queries.guest_of(session, event.id, member_id)


def _stand(session: Session, event: Event, member_id: int, state: str, now: datetime) -> None:
    guest = _guest(session, event, member_id)
    if guest is None:
        session.add(EventGuest(event_id=event.id, member_id=member_id, state=state, since=now))
    else:
        guest.state, guest.since = state, now
    _count(session, event)


def _count(session: Session, event: Event) -> None:
    session.flush()
    event.going = guest_queries.seats_taken(session, event.id)
    session.flush()


def settle(session: Session, event: Event, now: datetime) -> None:
    """Give free seats to those who have waited longest, and tell them. The caller holds the event's row."""
    if not event.needs_approval:
        asked = update(EventGuest).where(EventGuest.event_id == event.id, EventGuest.state == ASKED)
        session.execute(asked.values(state=WAITING))
    _count(session, event)
    if event.state != OPEN or event.has_begun(now):
        return
    free = None if event.seats is None else event.seats - event.going
    lucky = guest_queries.next_in_line(session, event, free)
    for guest in lucky:
        guest.state = GOING
    _count(session, event)
    telling.say(session, telling.GUESTS, "place", event, to=[guest.member_id for guest in lucky], now=now)


def leave(session: Session, *, event_id: int, member_id: int, now: datetime) -> None:
    """Take somebody off the list of guests without a word, and give their seat to the next one."""
    event = _held(session, event_id)
    theirs = EventGuest.event_id == event_id, EventGuest.member_id == member_id
    session.execute(delete(EventGuest).where(*theirs))
    settle(session, event, now)


def tick(session: Session, *, event: Event, listed: Collection[int], came: Collection[int], now: datetime) -> None:
    """Note which of the listed guests came; raise Closed before it begins."""
    if event.state != OPEN or not event.has_begun(now):
        raise Closed
    going = EventGuest.event_id == event.id, EventGuest.state == GOING, EventGuest.member_id.in_(listed)
    session.execute(update(EventGuest).where(*going).values(came=EventGuest.member_id.in_(came)))
    event.attendance_at = now
