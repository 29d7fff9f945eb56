"""The secret link of a member's calendar. It follows from the site's own secret: a copy of the database opens none."""

from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.current import the_settings
from academy.dialects import insert_into
from academy.mail.writing import public_url
from academy.people import queries as people
from alumni.events import guest_queries, queries
from alumni.events.calendar_entries import Entry
from alumni.events.models import CANCELLED, GOING, CalendarFeed, Event
from alumni.events.sight import sight_of

KEPT = timedelta(days=90)


def token_of(feed: CalendarFeed) -> str:
    """What stands in the link."""
    return str(_signer().dumps(feed.id))


def number_in(token: str) -> int | None:
    """The number of the link that a token is of; None if it is not ours."""
    try:
        number = _signer().loads(token)
    except BadSignature:
        return None
    return number if isinstance(number, int) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(the_settings().secret_key, salt="calendar feed")


def renew(session: Session, *, member_id: int, now: datetime) -> None:
    """Give a member a new link; one they had before leads nowhere from now on."""
    end(session, member_id=member_id)
    new = insert_into(CalendarFeed, session.get_bind()).values(member_id=member_id, made_at=now)
    session.execute(new.on_conflict_do_nothing())


def end(session: Session, *, member_id: int) -> None:
    """Let a member's link lead nowhere."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.member_id == member_id))


def entries(session: Session, token: str, now: datetime) -> list[Entry] | None:
    """What a calendar fetches by this link: what its owner goes to, waits for or holds; None where it leads nowhere."""
    number = number_in(token)
    member = queries.member_of_feed(session, number) if number is not None else None
    if member is None:
        return None
    sight = sight_of(session, people.as_actor(session, member))
    events = guest_queries.for_calendar(session, sight, now - KEPT)
    numbers = [event.id for event in events]
    answers = guest_queries.answers_of(session, member.id, numbers)
    held = queries.held_by(session, member.id, numbers)
    return [_entry(event, answers.get(event.id, ""), event.id in held) for event in events]


def _entry(event: Event, answer: str, held: bool) -> Entry:
    return entry_of(event, certain=held or answer == GOING)


def entry_of(event: Event, *, certain: bool) -> Entry:
    """An event as calendars keep it; only whoever is certain to be there learns the place or the link."""
    cancelled = event.state == CANCELLED
    there = event.link if event.is_online else ", ".join(filter(None, (event.place, event.town)))
    return Entry(
        number=event.id,
        title=event.title,
        begins_at=event.begins_at,
        ends_at=event.ends_at,
        changed_at=event.changed_at,
        sequence=event.sequence,
        status="CANCELLED" if cancelled else "CONFIRMED" if certain else "TENTATIVE",
        location=there if certain and not cancelled else event.town,
        url=public_url("events.show", number=event.id),
    )
