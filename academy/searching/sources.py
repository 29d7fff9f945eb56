"""Where the search looks: features add what they can find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: its name, its address, more about it, the language of its words if it is known."""

    title: str
    url: str
    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """What a source found; `more` is the address of a page with all of it, '' if this is all."""

    found: Sequence[Hit]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of things. `find` gets whoever asks (None for a visitor) and what they typed.

    It returns only what this asker may open, and nothing that depends on what they may not.
    """

    title: Text
    order: int
    find: Callable[[Session, Actor | None, str], Hits]


@dataclass(frozen=True, slots=True)
class Part:
    """The finds of one source, as the page draws them."""

    title: str
    hits: Hits


def add(source: Source) -> None:
    """Let the search look there too."""
    sources = _sources()
    sources.append(source)
    sources.sort(key=lambda each: each.order)


def look(session: Session, actor: Actor | None, typed: str) -> list[Part]:
    """What there is for these words; sources that found nothing are left out."""
    parts = (Part(str(each.title), each.find(session, actor, typed)) for each in _sources())
    return [part for part in parts if part.hits.found]


def _sources() -> list[Source]:
    sources: list[Source] = current_app.extensions.setdefault("academy.search_sources", [])
    return sources
