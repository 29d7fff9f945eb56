"""Menus, above all the top bar: which entries a person sees, contributed by the features that own the pages."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request, url_for

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.kept import keep
from academy.people.actor import OWNER, REVIEWER, TRAINER, Actor, current_actor

BAR = "bar"
MOST_ENTRIES = {BAR: 5}
MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a menu; `order` decides where. The pages of `menu` belong to it too.

    `shown` decides for whom, by roles and by being an alumnus: of the actor it gets nothing else is known.
    """

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


@dataclass(frozen=True, slots=True)
class Menu:
    """The entries of a menu that somebody has, and the addresses that belong to each, the longest first."""

    entries: tuple[Entry, ...]
    endpoints: tuple[str, ...]
    addresses: tuple[tuple[str, int], ...]

    def here(self) -> int:
        """Which of the entries the page at hand belongs to, by its address; -1 if to none."""
        path = request.path  # asked once: every look at the request costs
        for at, place in self.addresses:
            if path == at or (len(at) > 1 and path.startswith(at if at.endswith("/") else f"{at}/")):
                return place
        return -1


def add(entry: Entry, menu: str = BAR) -> None:
    """Put an entry into the bar, or into another menu, of the application being built."""
    entries: list[Entry] = _menus().setdefault(menu, [])
    entries.append(entry)
    entries.sort(key=lambda each: each.order)


def links(menu: str = BAR) -> list[Link]:
    """The entries for whoever asks; of the bar at most five."""
    shown = menu_for(current_actor(), menu)
    here = shown.here()
    return [Link(str(each.label), address_of(each.endpoint), place == here) for place, each in enumerate(shown.entries)]


def menu_for(actor: Actor | None, menu: str = BAR) -> Menu:
    """The entries this person has: worked out once for all who stand alike."""
    known: dict[tuple[object, ...], Menu] = current_app.extensions.setdefault("academy.menus_kept", {})
    key = (menu, actor.is_alumnus, actor.roles) if actor else (menu,)
    return known.get(key) or keep(known, key, _menu_for(_anybody_like(actor), menu), MOST_KEPT)


def _anybody_like(actor: Actor | None) -> Actor | None:
    # Entries get to know no more of somebody than the key above holds.
    return actor and Actor(0, "", is_alumnus=actor.is_alumnus, roles=actor.roles)


def _menu_for(actor: Actor | None, menu: str) -> Menu:
    shown = [entry for entry in _menus().get(menu, []) if entry.shown(actor)][: MOST_ENTRIES.get(menu)]
    addresses = [(at, place) for place, entry in enumerate(shown) for at in _addresses_of(entry)]
    longest_first = sorted(addresses, key=lambda each: (len(each[0]), each[1]), reverse=True)
    return Menu(tuple(shown), tuple(each.endpoint for each in shown), tuple(longest_first))


def _menus() -> dict[str, list[Entry]]:
    menus: dict[str, list[Entry]] = current_app.extensions.setdefault("academy.navigation", {})
    return menus


def _addresses_of(entry: Entry) -> set[str]:
    beside = _menus().get(entry.menu, []) if entry.menu else []
    return {address_of(each.endpoint) for each in (entry, *beside)}


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
