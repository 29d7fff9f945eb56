"""The head, the bar and the foot of every page: drawn once for everybody who sees the same ones."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from markupsafe import Markup

from academy.i18n import current_code
from academy.kept import keep
from academy.people.actor import current_actor
from academy.web import navigation

MOST_KEPT, MOST_OF_QUERIES = 200, 20


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands above and below a page, and what every page says of itself to the browser."""

    head: Markup
    header: Markup
    footer: Markup


def chrome(site: Any) -> Chrome:  # noqa: ANN401  the Site of page_context, which imports this module
    """The head, the bar and the foot for whoever asks, at the page they ask for."""
    kept, most = _shelf()
    key = _key()
    found = kept.get(key)
    if found is None:
        found = keep(kept, key, _draw(site), most)
    return found


def _shelf() -> tuple[dict[tuple[object, ...], Chrome], int]:
    # The addresses of the other languages carry the query, and anybody can think up queries: they have few places.
    if request.query_string:
        return current_app.extensions.setdefault("academy.chrome_asked", {}), MOST_OF_QUERIES
    return current_app.extensions.setdefault("academy.chrome", {}), MOST_KEPT


def _key() -> tuple[object, ...]:
    # All that the templates show: a test draws them for everybody and compares.
    actor = current_actor()
    menu = navigation.menu_for(actor)
    return (
        current_code(),
        menu.endpoints,
        menu.here(),
        navigation.role_line(),
        actor.unread if actor else None,
        request.query_string,
    )


def _draw(site: Any) -> Chrome:  # noqa: ANN401
    values = {
        "site": site,
        "actor": current_actor(),
        "navigation": navigation.links(),
        "role_line": navigation.role_line(),
    }
    template = current_app.jinja_env.get_template
    drawn = (template(f"layouts/{part}.html").render(values) for part in ("head", "header", "footer"))
    return Chrome(*map(Markup, drawn))  # templates of ours
