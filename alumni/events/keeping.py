"""What is kept of an event afterwards, and what a member takes away or has erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy import clock
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.markdown import render_member_text
from academy.uploads import service as uploads
from academy.uploads.service import Parcel
from alumni.events import guest_queries, queries, seats, service, telling
from alumni.events.models import (
    CANCELLED,
    FOR_ALL,
    GOING,
    OPEN,
    PROPOSED,
    REFUSED,
    CalendarFeed,
    Event,
    EventFile,
    EventGuest,
    EventHost,
)

MOST_FILES = 10


class TooEarly(DomainError):
    """It has not begun, or did not happen."""

    sentence = _l("Notes can be kept once the event has begun.")


class EnoughFiles(DomainError):
    """As many files as an event can keep."""

    sentence = _l("An event keeps at most %(most)d files. Please remove one first.", most=MOST_FILES)


def write_notes(session: Session, *, event_id: int, text: str, readers: str, now: datetime) -> None:
    """Keep the notes for these readers; those who were there are told once. Raises TooEarly."""
    event = _begun(session, event_id, now)
    event.notes, event.notes_html, event.notes_for = text, str(render_member_text(text)), readers
    event.changed_at = now
    _tell(session, event, now)


def _begun(session: Session, event_id: int, now: datetime) -> Event:
    event = queries.locked(session, event_id)
    if event is None or event.state != OPEN or not event.has_begun(now):
        raise TooEarly
    return event


def _tell(session: Session, event: Event, now: datetime) -> None:
    there = guest_queries.readers(session, event)
    telling.say(session, telling.GUESTS, "notes", event, to=there, now=now, key=f"event-notes:{event.id}")


def add_file(session: Session, *, event_id: int, parcel: Parcel, member_id: int, now: datetime) -> None:
    """Keep a file with the event; raise TooEarly, EnoughFiles, or FileRefused for whoever has no room left."""
    event = _begun(session, event_id, now)
    if len(guest_queries.files_of(session, event_id)) >= MOST_FILES:
        raise EnoughFiles
    upload = uploads.add(session, parcel=parcel, member_id=member_id, now=now)
    session.add(EventFile(event_id=event_id, upload_id=upload.id))
    session.flush()
    _tell(session, event, now)


def remove_file(session: Session, *, event_id: int, upload_id: int) -> None:
    """Keep a file no longer; its bytes are cleared away in their time."""
    theirs = EventFile.event_id == event_id, EventFile.upload_id == upload_id
    session.execute(delete(EventFile).where(*theirs))


def may_read(event: Event, guest: EventGuest | None) -> bool:
    """Whether the notes are for this person, who sees the event: for all, or for those who were there."""
    if event.notes_for == FOR_ALL:
        return True
    if guest is None or guest.state != GOING:
        return False
    return guest.came is not False


def forget(session: Session, member_id: int) -> None:
    """Erase a member's answers, calendar link and part as a host.

    Events that others hold too, and those that are over, stay without their name. What only they were to hold is
    cancelled, and the place and link they gave are erased.
    """
    now = clock.now()
    _forget_hosted(session, member_id, now)
    answered = select(EventGuest.event_id).where(EventGuest.member_id == member_id).order_by(EventGuest.event_id)
    for event_id in session.scalars(answered).all():
        seats.leave(session, event_id=event_id, member_id=member_id, now=now)
    session.execute(delete(CalendarFeed).where(CalendarFeed.member_id == member_id))


def _forget_hosted(session: Session, member_id: int, now: datetime) -> None:
    held = select(EventHost.event_id).where(EventHost.member_id == member_id).order_by(EventHost.event_id)
    for event_id in session.scalars(held).all():
        event = queries.locked(session, event_id)
        others = [each for each in queries.hosts_of(session, [event_id])[event_id] if each.member_id != member_id]
        session.execute(delete(EventHost).where(EventHost.event_id == event_id, EventHost.member_id == member_id))
        if event is not None and not any(each.since for each in others):
            _forget_event(session, event, now)


def _forget_event(session: Session, event: Event, now: datetime) -> None:
    if event.state in {PROPOSED, REFUSED}:
        session.delete(event)
        session.flush()
        return
    if event.state != CANCELLED and not event.is_over(now):
        service.cancel(session, event_id=event.id, reason="", by=None, now=now)
    event.place = event.link = ""


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """What a member said and did in events, for their export."""
    held = select(Event).join(EventHost, EventHost.event_id == Event.id).where(EventHost.member_id == member_id)
    answered = (
        select(Event, EventGuest)
        .join(EventGuest, EventGuest.event_id == Event.id)
        .where(EventGuest.member_id == member_id)
        .order_by(Event.id)
    )
    feed = queries.feed_of(session, member_id)
    return {
        "held": [_said(each) for each in session.scalars(held.order_by(Event.id))],
        "answered": [
            {
                **_when(row.Event),
                "answer": row.EventGuest.state,
                "at": row.EventGuest.since.isoformat(),
                "came": row.EventGuest.came,
            }
            for row in session.execute(answered)
        ],
        "calendar_link_since": feed.made_at.isoformat() if feed else None,
    }


def _when(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "begins_at": event.begins_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "state": event.state,
    }


def _said(event: Event) -> dict[str, Any]:
    said = ("text", "form", "town", "place", "link", "seats", "notes", "time_zone")
    return {**_when(event), **{name: getattr(event, name) for name in said}}
