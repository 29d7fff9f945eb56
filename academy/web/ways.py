"""The pages about one thing, side by side above each of them: contributed by the features that own them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from academy.i18n import Text
from academy.people.actor import Actor, current_actor

NAME = "slug"


@dataclass(frozen=True, slots=True)
class Way:
    """A page of a thing, for those to whom `open_to` opens it; `also` are endpoints of pages below it."""

    words: Text
    endpoint: str
    order: int
    open_to: Callable[[Actor, str], bool]
    also: frozenset[str] = frozenset()
    asks: str = NAME

    @property
    def endpoints(self) -> frozenset[str]:
        """All endpoints that belong to this way."""
        return self.also | {self.endpoint}


@dataclass(frozen=True, slots=True)
class ShownWay:
    """A way as the template draws it; `current` is what stands in aria-current."""

    words: str
    url: str
    current: str


def add(way: Way) -> None:
    """Put a page beside the others of the application being built."""
    ways: list[Way] = current_app.extensions.setdefault("academy.ways", [])
    ways.append(way)
    ways.sort(key=lambda each: each.order)


def here() -> list[ShownWay]:
    """The pages beside the one at hand, as far as the asker may open them; none when it stands for itself."""
    ways: list[Way] = current_app.extensions.get("academy.ways", [])
    name, actor = (request.view_args or {}).get(NAME), current_actor()
    if actor is None or not name or not any(request.endpoint in way.endpoints for way in ways):
        return []
    return [_shown(way, name) for way in ways if way.open_to(actor, name)]


def _shown(way: Way, name: str) -> ShownWay:
    current = "page" if request.endpoint == way.endpoint else "true" if request.endpoint in way.also else ""
    values: dict[str, Any] = {way.asks: name}
    return ShownWay(str(way.words), url_for(way.endpoint, **values), current)
