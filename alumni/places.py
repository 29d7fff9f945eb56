"""The places of the network beside each other: a menu above each of its pages."""

from flask import Flask, get_template_attribute
from markupsafe import Markup

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor, current_actor
from academy.web import navigation
from academy.web.navigation import Entry
from academy.web.shared import shared
from alumni.profiles.viewers import is_of_the_network

MENU = "network"


def add(entry: Entry) -> None:
    """Put a page of a feature into the network's menu."""
    navigation.add(entry, MENU)


def beside() -> Markup:
    """The network's pages that whoever asks may open: drawn once for all who see the same ones."""
    menu = navigation.menu_for(current_actor(), MENU)
    return shared("places", menu.endpoints, menu.here(), caller=_draw)


def _draw() -> Markup:
    draw = get_template_attribute("macros/places.html", "places")
    return Markup(draw(navigation.links(MENU), _("The network")))  # noqa: S704  the macro's own drawing


def for_the_network(actor: Actor | None) -> bool:
    """For entries that alumni and those who look after the network see."""
    return is_of_the_network(actor)


def for_alumni(actor: Actor | None) -> bool:
    """For entries that alumni alone have a use for."""
    return actor is not None and actor.is_alumnus


def for_members(actor: Actor | None) -> bool:
    """For entries that everybody who is signed in sees."""
    return actor is not None


def init_app(app: Flask) -> None:
    """Let the network's pages draw their menu."""
    app.jinja_env.globals["places_beside"] = beside
    add(Entry(_l("My profile"), "profiles.me", 5, for_alumni))
