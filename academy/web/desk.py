"""The desk of those who run the place: cards contributed by the features that own the work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, url_for
from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.people.actor import Actor


def _nothing_to_count(_session: Session) -> int | None:
    return None


def _admin(actor: Actor) -> bool:
    return actor.is_admin


@dataclass(frozen=True, slots=True)
class Card:
    """One card: what the page is for, where it is, with which query; how much waits there (None: nothing to count)."""

    title: Text
    sentence: Text
    endpoint: str
    order: int = 50
    count: Callable[[Session], int | None] = _nothing_to_count
    shown: Callable[[Actor], bool] = _admin
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card as the template draws it."""

    title: str
    sentence: str
    url: str
    waiting: int | None


def add(card: Card) -> None:
    """Put a card on the desk of the application being built."""
    cards: list[Card] = current_app.extensions.setdefault("academy.desk", [])
    cards.append(card)
    cards.sort(key=lambda each: each.order)


def cards_for(session: Session, actor: Actor) -> list[ShownCard]:
    """The cards somebody may use, in order."""
    cards: list[Card] = current_app.extensions.get("academy.desk", [])
    return [
        ShownCard(str(card.title), str(card.sentence), _address_of(card), card.count(session))
        for card in cards
        if card.shown(actor)
    ]


def _address_of(card: Card) -> str:
    query: dict[str, Any] = dict(card.query)
    return url_for(card.endpoint, **query)
