"""Pages that are the same for every visitor: drawn once per language and version, and not sent again unchanged."""

import hashlib
from collections.abc import Callable, Hashable

from flask import Response, current_app, make_response, request, session

from academy.i18n import current_code
from academy.kept import keep
from academy.people.actor import current_actor

MOST_KEPT = 300
LARGEST_QUERY = 200
Kept = dict[tuple[Hashable, ...], tuple[str, str]]


def whole_page(version: Hashable, draw: Callable[[], str]) -> Response | str:
    """The page at hand: for visitors from what is kept, if nothing in `version` has changed; for members drawn anew."""
    if current_actor() is not None or "_flashes" in session or len(request.query_string) > LARGEST_QUERY:
        return draw()
    kept: Kept = current_app.extensions.setdefault("academy.whole_pages", {})
    key = (request.path, request.query_string, current_code(), version)
    text, tag = kept.get(key) or keep(kept, key, _tagged(draw()), MOST_KEPT)
    response = make_response(text)
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(tag, weak=True)  # the same page, compressed or not
    response.make_conditional(request)
    return response


def _tagged(text: str) -> tuple[str, str]:
    return text, hashlib.sha256(text.encode()).hexdigest()[:20]
