"""A form that came after its sign-in had ended: what was typed comes back on a page, to be sent once more."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request

from academy import db
from academy.web import redirects, tokens

SECRETS = ("password", "code")
OWN_PAGE = "same-origin"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that was sent; `shown` when somebody typed it rather than chose or carried it."""

    name: str
    value: str
    shown: bool


def can_hold() -> bool:
    """Whether the request is a form of one of our own pages with something in it, and no secret.

    What another site sends in somebody's name is never offered to be sent again.
    """
    filled = [name for name, value in request.form.items() if value and name != tokens.FIELD]
    secret = any(word in name for name in request.form for word in SECRETS)
    by_script = "X-Requested-With" in request.headers
    return request.method == "POST" and bool(filled) and not secret and not by_script and _is_from_here()


def _is_from_here() -> bool:
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == OWN_PAGE
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def page(status: int) -> Response:
    """Everything that was sent but its token, and a button that sends it again; files must be chosen anew."""
    fields = [
        Field(name, value, any(char.isspace() for char in value))
        for name, value in request.form.items(multi=True)
        if name != tokens.FIELD
    ]
    files = any(file.filename for file in request.files.values())
    db.abandon()
    target = redirects.safe(request.path, "/")
    return make_response(render_template("errors/held.html", fields=fields, files=files, target=target), status)


def came_from() -> str | None:
    """The page of ours on which a button was pressed, to come back to after signing in."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if not _is_from_here() or parts.netloc != request.host:
        return None
    return redirects.safe(f"{parts.path}?{parts.query}" if parts.query else parts.path, "") or None
