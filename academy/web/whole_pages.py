"""Pages that are the same for every visitor: drawn once per language and version, and not sent again unchanged."""

import hashlib
from collections.abc import Callable, Hashable

from flask import Response, current_app, make_response, request, session

from academy.i18n import current_code
from academy.kept import keep
from academy.people.actor import current_actor

MOST_KEPT, MOST_OF_QUERIES = 120, 20
LARGEST_QUERY = 200
Kept = dict[tuple[Hashable, ...], tuple[bytes, str]]


def whole_page(version: Hashable, draw: Callable[[], str], *, shelf: str = "academy.whole_pages") -> Response | str:
    """The page at hand: for visitors from what is kept, if nothing in `version` has changed; for members drawn anew.

    Pages of which there are very many have a shelf of their own, and push out no others.
    """
    if current_actor() is not None or "_flashes" in session or len(request.query_string) > LARGEST_QUERY:
        return draw()
    kept, most = _shelf(shelf)
    key = (request.path, request.query_string, current_code(), version)
    text, tag = kept.get(key) or keep(kept, key, _tagged(draw().encode()), most)
    response = make_response(text)
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(tag, weak=True)  # the same page, compressed or not
    response.make_conditional(request)
    return response


def _shelf(name: str) -> tuple[Kept, int]:
    # Anybody can think up queries: pages asked for with one have few places of their own, and push out no others.
    if request.query_string:
        return current_app.extensions.setdefault("academy.whole_pages_asked", {}), MOST_OF_QUERIES
    return current_app.extensions.setdefault(name, {}), MOST_KEPT


def _tagged(text: bytes) -> tuple[bytes, str]:
    return text, hashlib.sha256(text).hexdigest()[:20]
