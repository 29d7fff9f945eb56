"""What holds when conversations are brought in, decided without the world."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from academy.folding import fold
from alumni.forum.exchange.entries import Place, Said, Talk
from alumni.forum.order.service import RESERVED
from alumni.forum.places import circles

LONGEST_ORIGIN, LONGEST_SLUG = 80, 64
OWN_PLACES = frozenset({circles.COURSE, circles.COHORT, circles.GROUP})
SOURCE = re.compile(r"[a-z0-9][a-z0-9.:-]{0,39}")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """How things are to be brought in.

    `source` sets the numbers of this old forum apart from those of others. `into` gives the address of a place here for
    old places by key or address, `everything_into` for all the others. `readers` is the circle of places that are made.
    `old_names`: posts of people who are not here begin with the name they had. `same_circles`: cohorts and groups have
    the numbers here that they had there. `ours` says that it is an export of such a site as this.
    """

    source: str
    into: dict[str, str] = field(default_factory=dict)
    everything_into: str = ""
    readers: str = circles.STAFF
    language: str = ""
    old_names: bool = False
    same_circles: bool = False
    ours: bool = False


def topic_origin(source: str, talk: Talk) -> str:
    """What names a topic of the old forum here."""
    return _short(talk.origin or f"{source}:t{talk.key}")


def post_origin(source: str, said: Said) -> str:
    """What names a post of the old forum here."""
    return _short(said.origin or f"{source}:p{said.key}")


def _short(origin: str) -> str:
    if len(origin) <= LONGEST_ORIGIN:
        return origin
    return f"{origin[:40]}#{hashlib.sha256(origin.encode()).hexdigest()[:32]}"


def slug_for(place: Place, taken: Collection[str]) -> str:
    """An address for a place that is made: like its old one where that can be, and free."""
    wanted = (
        next(filter(None, (_slug(each) for each in (place.slug, fold(place.name)))), "") or f"place-{_slug(place.key)}"
    )
    if wanted in RESERVED or wanted.partition("-")[0] in OWN_PLACES:
        wanted = f"old-{wanted}"
    wanted = wanted[:LONGEST_SLUG].strip("-")
    number = 1
    found = wanted
    while found in taken:
        number += 1
        found = f"{wanted[: LONGEST_SLUG - 6].strip('-')}-{number}"
    return found


def _slug(words: str) -> str:
    return _NOT_IN_SLUG.sub("-", words.lower()).strip("-")[:LONGEST_SLUG]


def circle_here(circle: str, *, same_circles: bool) -> str:
    """The circle a place of an export is for here; what cannot be known to be the same people is for the staff."""
    kind, key = circles.parted(circle)
    known = circle in circles.WITHOUT_OWNER or (kind == circles.COURSE and key)
    if known or (same_circles and kind in {circles.COHORT, circles.GROUP} and key):
        return circle[: circles.LONGEST]
    return circles.STAFF


def moment(text: str) -> datetime | None:
    """A moment of an entry."""
    return datetime.fromisoformat(text) if text else None
