"""Makers of events, and what is typed into their form."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.events.models import GOING, OPEN, Event, EventGuest, EventHost, EventLanguage
from tests.makers import LONG_AGO

SOON = timedelta(days=3)


def event(session: Session, *hosts: Member, begins_in: timedelta = SOON, **fields: Any) -> Event:
    """An open event online for the whole network: two hours, from three days on, held by these people."""
    begins_at = (clock.now() + begins_in).replace(second=0, microsecond=0)
    usual: dict[str, Any] = {
        "host_kind": "network",
        "state": OPEN,
        "title": "Rivers and neighbours",
        "text": "An hour about water.",
        "text_html": "<p>An hour about water.</p>",
        "begins_at": begins_at,
        "ends_at": begins_at + timedelta(hours=2),
        "time_zone": "Asia/Tashkent",
        "form": "online",
        "link": "https://meet.example.org/rivers",
        "made_at": LONG_AGO,
        "changed_at": LONG_AGO,
    }
    made = Event(**{**usual, **fields})
    session.add(made)
    session.flush()
    session.add_all(EventHost(event_id=made.id, member_id=who.id, asked_at=LONG_AGO, since=LONG_AGO) for who in hosts)
    session.add(EventLanguage(event_id=made.id, code="en"))
    session.commit()
    return made


def guest(session: Session, event: Event, who: Member, state: str = GOING, *, after: int = 0) -> EventGuest:
    """Somebody who answered; `after` puts them behind others."""
    since = LONG_AGO + timedelta(minutes=after)
    made = EventGuest(event_id=event.id, member_id=who.id, state=state, since=since)
    session.add(made)
    event.going += state == GOING
    session.commit()
    return made


def typed(**changes: Any) -> dict[str, Any]:
    """A form for an event in ten days, as a host fills it in."""
    day = (datetime.now(UTC) + timedelta(days=10)).date()
    usual = {
        "belongs_to": "network:",
        "title": "Listening at the river",
        "text": "We **listen** first.",
        "languages": ["en", "fa"],
        "form": "online",
        "link": "https://meet.example.org/listening",
        "town": "",
        "place": "",
        "day": day.isoformat(),
        "begins": "17:00",
        "ends": "18:30",
        "last_day": "",
        "time_zone": "Asia/Kabul",
        "seats": "2",
        "version": "0",
    }
    return {**usual, **changes}
