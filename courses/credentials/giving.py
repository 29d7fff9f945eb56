"""How documents for programs are given out: to whoever asks, from any page of the web, without cookies."""

import json

from flask import Response, request

from courses.credentials.documents import Document

FRESH = "public, max-age=300"
HTML = "text/html"
CREDENTIAL = "application/vc+ld+json"
LINKED = "application/ld+json"
JSON = "application/json"


def as_bytes(document: Document) -> bytes:
    """A document as it is sent."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def wanted_json() -> str:
    """The kind of data that a program asks for; '' when a browser asks for a page."""
    best = request.accept_mimetypes.best_match((HTML, CREDENTIAL, LINKED, JSON), HTML)
    return "" if best == HTML else best


def to_all(content: bytes, mimetype: str, *, cache: str = FRESH) -> Response:
    """These bytes, for every site's scripts; not sent again to whoever has them."""
    answer = Response(content, mimetype=mimetype)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = cache
    answer.add_etag()
    answer.make_conditional(request)
    return answer
