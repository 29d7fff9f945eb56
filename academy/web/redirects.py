"""Where to go afterwards: only to routes of our own, never to what a stranger wrote."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def here() -> str:
    """The path and query of the page at hand."""
    return request.full_path.rstrip("?") if request.query_string else request.path


def safe(target: str | None, otherwise: str) -> str:
    """`target` if it is the path of a page of this site that can be opened, else `otherwise`."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or not target.isprintable():
        return otherwise
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or "\\" in target:
        return otherwise
    try:
        current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        return otherwise
    return target
