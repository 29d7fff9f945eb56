"""Propose, let in, change and cancel events; who holds them."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.markdown import render_member_text
from academy.people.actor import Actor
from alumni.events import queries, seats, telling
from alumni.events.models import CANCELLED, OPEN, PROPOSED, REFUSED, Event, EventHost, EventLanguage
from alumni.events.rules import Facts
from alumni.moderation import service as moderation

SUBJECT = "event"


class ChangedMeanwhile(DomainError):
    """Somebody changed the event after this form was opened."""

    sentence = _l("Somebody changed this event in the meantime. Please look at what is there now and try again.")


class SeatsTaken(DomainError):
    """More people go than there would be seats."""

    sentence = _l("More people go already. Please keep at least as many seats.")


class Past(DomainError):
    """It is over or was cancelled."""

    sentence = _l("This event is over or cancelled, so it cannot be changed.")


def propose(session: Session, *, facts: Facts, host: tuple[str, str], by: Actor, waits: bool, now: datetime) -> Event:
    """Make an event; if it `waits`, moderators look at it first and nobody else sees it until then."""
    event = Event(host_kind=host[0], host_key=host[1], state=PROPOSED if waits else OPEN, made_at=now)
    event.sequence, event.version = 0, 0
    _write(session, event, facts, now)
    session.add(EventHost(event_id=event.id, member_id=by.id, asked_at=now, since=now))
    session.flush()
    if waits:
        moderation.wait_for_review(session, kind=SUBJECT, number=event.id, now=now)
    return event


def _write(session: Session, event: Event, facts: Facts, now: datetime) -> None:
    for name in ("title", "text", "begins_at", "ends_at", "time_zone", "form", "town", "place", "link", "seats"):
        setattr(event, name, getattr(facts, name))
    event.needs_approval, event.for_learners = facts.needs_approval, facts.for_learners
    event.text_html = str(render_member_text(facts.text))
    event.version, event.changed_at = event.version + 1, now
    session.add(event)
    session.flush()
    session.execute(delete(EventLanguage).where(EventLanguage.event_id == event.id))
    session.add_all(EventLanguage(event_id=event.id, code=code) for code in sorted(set(facts.languages)))
    session.flush()


def change(session: Session, *, event_id: int, facts: Facts, version: int, waits: bool, now: datetime) -> Event:
    """Change an event and tell all whom it concerns what is new.

    If it `waits`, other words than moderators read are read by them first; guests are told afterwards.
    Raises ChangedMeanwhile, SeatsTaken, or Past once it is over or cancelled.
    """
    event = queries.locked(session, event_id)
    if event is None or event.state in {CANCELLED, REFUSED} or event.is_over(now):
        raise Past
    if event.version != version:
        raise ChangedMeanwhile
    if facts.seats is not None and facts.seats < event.going:
        raise SeatsTaken
    news, waits = _news(event, facts), waits and _says_something_else(event, facts)
    if facts.begins_at != event.begins_at:
        event.day_told_at = event.hour_told_at = None
    event.sequence += bool(news)
    _write(session, event, facts, now)
    if waits or event.state == PROPOSED:
        event.state = PROPOSED
        session.flush()
        moderation.wait_for_review(session, kind=SUBJECT, number=event.id, now=now)
    elif news:
        telling.say_to_guests(session, news, event, now)
    seats.settle(session, event, now)
    return event


def _says_something_else(event: Event, facts: Facts) -> bool:
    return any(getattr(event, name) != getattr(facts, name) for name in ("title", "text", "town", "place", "link"))


def _news(event: Event, facts: Facts) -> str:
    """Which of the sentences for guests says what changes; '' where none of it matters to them."""
    moved = (facts.begins_at, facts.ends_at) != (event.begins_at, event.ends_at)
    there = (event.form, event.town, event.place, event.link)
    replaced = (facts.form, facts.town, facts.place, facts.link) != there
    if moved or replaced:
        return "moved_and_replaced" if moved and replaced else "moved" if moved else "replaced"
    return "renamed" if facts.title != event.title else ""


def cancel(session: Session, *, event_id: int, reason: str, by: Actor | None, now: datetime) -> None:
    """Cancel an event and tell all whom it concerns; raise Past when there is nothing left to cancel."""
    event = queries.locked(session, event_id)
    if event is None or event.state in {CANCELLED, REFUSED} or event.is_over(now):
        raise Past
    if event.state == PROPOSED:
        moderation.no_longer_there(session, kind=SUBJECT, number=event.id, now=now)
    event.state, event.reason = CANCELLED, reason
    event.sequence, event.version, event.changed_at = event.sequence + 1, event.version + 1, now
    telling.say_to_guests(session, "cancelled", event, now)
    note(session, "event.cancelled", event, by, now)


def note(session: Session, action: str, event: Event, by: Actor | None, now: datetime) -> None:
    """Write into the audit log what somebody did with the power over an event."""
    record(session, actor=by, action=action, now=now, subject=f"event:{event.id}")
