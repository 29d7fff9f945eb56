"""Events and guests as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from alumni.events import guest_queries, hosts, rules, words
from alumni.events.models import Event, EventGuest
from alumni.events.own_hosts import NETWORK
from alumni.events.sight import Sight
from alumni.profiles.queries import Byline, bylines, visible_among


@dataclass(frozen=True, slots=True)
class Row:
    """One event in a list."""

    event: Event
    leaf: words.Leaf
    time: words.When
    facts: list[str]
    state: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Guests whom somebody may know of; `others` says that there are more, never how many."""

    people: list[Byline]
    others: bool


def rows_of(session: Session, sight: Sight, events: Sequence[Event], now: datetime) -> list[Row]:
    """These events as a list shows them: what they belong to, unless it is the whole network, and how one answered."""
    answers = guest_queries.answers_of(session, sight.actor.id, [event.id for event in events])
    named = hosts.names_of(session, {(event.host_kind, event.host_key) for event in events})
    return [
        Row(
            event,
            words.leaf(event),
            words.times(event)[0],
            [words.where(event), *_belongs(event, named)],
            words.state_of(event, answers.get(event.id, ""), now),
        )
        for event in events
    ]


def _belongs(event: Event, named: dict[tuple[str, str], str]) -> list[str]:
    name = named.get((event.host_kind, event.host_key), "")
    return [name] if name and event.host_kind != NETWORK else []


def guests_shown(session: Session, sight: Sight, event_id: int) -> Listed:
    """Who goes, as far as each of them lets this viewer know their name."""
    numbers = guest_queries.going(session, event_id)
    seen = visible_among(session, sight.viewer, numbers)
    named = bylines(session, sight.viewer, seen)
    people = sorted(named.values(), key=lambda each: each.name.casefold())
    return Listed([each for each in people if each.name], rules.tells_of_others(len(numbers) - len(people)))


def people_of(session: Session, sight: Sight, guests: Sequence[EventGuest]) -> list[tuple[EventGuest, Byline]]:
    """Guests with the names they go by: only for those who hold the event."""
    named = bylines(session, sight.viewer, [guest.member_id for guest in guests])
    return [(guest, named[guest.member_id]) for guest in guests]
