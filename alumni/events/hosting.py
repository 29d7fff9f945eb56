"""Who holds an event: ask somebody to hold it too, say yes, step back, take on what nobody holds."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.errors import DomainError, NotFound
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.events import queries, seats, service, telling
from alumni.events.models import Event, EventHost

MOST_HOSTS = 6


class NobodyThere(DomainError):
    """No profile that whoever asks may see has this handle."""

    sentence = _l("You see no profile at this address.")


class HeldAlready(DomainError):
    """Somebody holds the event."""

    sentence = _l("Somebody holds this event already.")


class LastHost(DomainError):
    """An event is not left alone."""

    sentence = _l("Nobody else holds this event. Please ask somebody to hold it with you first, or cancel it.")


class EnoughHosts(DomainError):
    """There are as many hosts as an event can have."""

    sentence = _l("This event has as many hosts as it can have.")


def ask(session: Session, *, event: Event, member_id: int | None, now: datetime) -> None:
    """Ask somebody to hold the event too; twice is the same as once. Raises NobodyThere or EnoughHosts."""
    if member_id is None:
        raise NobodyThere
    queries.locked(session, event.id)
    hosts = queries.hosts_of(session, [event.id])[event.id]
    if len(hosts) >= MOST_HOSTS and member_id not in {each.member_id for each in hosts}:
        raise EnoughHosts
    new = insert_into(EventHost, session.get_bind()).values(event_id=event.id, member_id=member_id, asked_at=now)
    session.execute(new.on_conflict_do_nothing())
    key = f"event-host:{event.id}"
    telling.say(session, telling.HOSTS, "host_asked", event, to=[member_id], now=now, key=key)


def agree(session: Session, *, event: Event, member_id: int, now: datetime) -> None:
    """Say yes; a guest who becomes a host gives the seat back. Raises NotFound for whoever was not asked."""
    host = queries.host_row(session, event.id, member_id)
    if host is None:
        raise NotFound
    if host.since is None:
        host.since = now
        seats.leave(session, event_id=event.id, member_id=member_id, now=now)


def step_back(session: Session, *, event: Event, member_id: int, now: datetime) -> None:
    """Hold it no longer, or say no; raise LastHost for whoever is the only one of an event to come."""
    queries.locked(session, event.id)
    hosts = queries.hosts_of(session, [event.id])[event.id]
    others = [each for each in hosts if each.since and each.member_id != member_id]
    mine = [each for each in hosts if each.member_id == member_id]
    if mine and mine[0].since and not others and not event.is_over(now):
        raise LastHost
    session.execute(delete(EventHost).where(EventHost.event_id == event.id, EventHost.member_id == member_id))


def take_on(session: Session, *, event: Event, by: Actor, now: datetime) -> None:
    """Become the host of an event that nobody holds; raise HeldAlready when somebody does."""
    queries.locked(session, event.id)
    if any(each.since for each in queries.hosts_of(session, [event.id])[event.id]):
        raise HeldAlready
    session.merge(EventHost(event_id=event.id, member_id=by.id, asked_at=now, since=now))
    seats.leave(session, event_id=event.id, member_id=by.id, now=now)
    service.note(session, "event.taken_on", event, by, now)
