"""Menus, above all the top bar: which entries a person sees, contributed by the features that own the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app, request, url_for

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.people.actor import OWNER, REVIEWER, TRAINER, Actor, current_actor

BAR = "bar"
MOST_ENTRIES = {BAR: 5}


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a menu; `shown` decides for whom, `order` where. The pages of `menu` belong to it too."""

    label: Text
    endpoint: str
    order: int
    shown: Callable[[Actor | None], bool]
    menu: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a menu as the template draws it."""

    label: str
    url: str
    current: bool


def add(entry: Entry, menu: str = BAR) -> None:
    """Put an entry into the bar, or into another menu, of the application being built."""
    entries: list[Entry] = _menus().setdefault(menu, [])
    entries.append(entry)
    entries.sort(key=lambda each: each.order)


def links(menu: str = BAR) -> list[Link]:
    """The entries for whoever asks; of the bar at most five."""
    shown = shown_to(current_actor(), menu)
    here = place_among(shown)
    return [Link(str(entry.label), address_of(entry.endpoint), place == here) for place, entry in enumerate(shown)]


def shown_to(actor: Actor | None, menu: str = BAR) -> list[Entry]:
    """The entries this person has."""
    return [entry for entry in _menus().get(menu, []) if entry.shown(actor)][: MOST_ENTRIES.get(menu)]


def _menus() -> dict[str, list[Entry]]:
    menus: dict[str, list[Entry]] = current_app.extensions.setdefault("academy.navigation", {})
    return menus


def place_among(entries: Sequence[Entry]) -> int:
    """Which of these entries the page at hand belongs to, by its address; -1 if to none."""
    path = request.path  # asked once: every look at the request costs
    addresses = ((at, place) for place, entry in enumerate(entries) for at in _addresses_of(entry))
    fitting = [(len(at), place) for at, place in addresses if path == at or (len(at) > 1 and _is_under(path, at))]
    return max(fitting)[1] if fitting else -1


def _addresses_of(entry: Entry) -> Sequence[str]:
    known: dict[str, Sequence[str]] = current_app.extensions.setdefault("academy.addresses_of_menus", {})
    if entry.endpoint not in known:
        beside = _menus().get(entry.menu, []) if entry.menu else []
        known[entry.endpoint] = tuple({address_of(each.endpoint) for each in (entry, *beside)})
    return known[entry.endpoint]


def _is_under(path: str, at: str) -> bool:
    return path.startswith(at if at.endswith("/") else f"{at}/")


def address_of(endpoint: str) -> str:
    """The path of a page without parts that vary: worked out once, drawn on every page."""
    known: dict[str, str] = current_app.extensions.setdefault("academy.addresses", {})
    if endpoint not in known:
        known[endpoint] = url_for(endpoint)
    return known[endpoint]


def role_line() -> str:
    """The role in which somebody looks at the page, for the bar's second line; '' for learners and visitors."""
    actor = current_actor()
    if actor is None or not actor.is_staff:
        return ""
    if actor.is_admin:
        return _("Coordinator")
    if actor.is_moderator:
        return _("Moderator")
    held = {role.name for role in actor.roles}
    if held & {OWNER, TRAINER}:
        return _("Trainer")
    return _("Reviewer") if REVIEWER in held else _("Marker")
