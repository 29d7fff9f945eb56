"""The only error handlers: one page for every refusal and fault, in the site's own look."""

import errno
import logging
import secrets

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from academy import db
from academy.errors import DomainError, SignInNeeded, TooMany
from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.web import held, redirects

log = logging.getLogger("academy.errors")
BUSY_SECONDS = 5
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SENTENCES: dict[int, tuple[Text, Text]] = {
    400: (_l("The request was not understood"), _l("Please go back, reload the page and try once more.")),
    403: (_l("Not open to you"), _l("Your account does not have the right to see or do this.")),
    404: (_l("Page not found"), _l("There is no page at this address, or it is not open to you.")),
    405: (_l("That does not work here"), _l("This address does not take that kind of request.")),
    409: (_l("This cannot be done now"), _l("Something changed in the meantime. Please reload and look again.")),
    410: (_l("No longer here"), _l("What was at this address is there no longer.")),
    413: (_l("Too large"), _l("What you sent is larger than this site accepts.")),
    414: (_l("The request was not understood"), _l("The address is longer than this site accepts.")),
    429: (_l("Please wait a little"), _l("There were too many tries in a short time.")),
    500: (_l("Something broke on our side"), _l("Nothing of this request was kept. Please go back and try again.")),
    503: (_l("The site is busy"), _l("Nothing was changed. Please try again in a few seconds.")),
}


def init_app(app: Flask) -> None:
    """Answer every failure with a page; nothing else in the site catches errors broadly."""
    app.register_error_handler(SignInNeeded, _ask_to_sign_in)
    app.register_error_handler(DomainError, _refuse)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ParseException, _malformed)
    app.register_error_handler(DataError, _unfit)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(Exception, _fault)


def _ask_to_sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    if held.can_hold():
        return held.page(401)
    db.abandon()
    target = redirects.here() if request.method == "GET" else held.came_from()
    return redirect(url_for("people.sign_in", next=target), code=303)


def _refuse(error: DomainError) -> Response:
    response = page(error.status, sentence=error.sentence)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _csrf(_error: CSRFError) -> Response:
    if held.can_hold():
        return held.page(400)
    return page(
        400, sentence=_l("This form was open too long or came from elsewhere. Go back, reload and send it again.")
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:  # noqa: PLR2004  a redirect raised by routing
        return error.get_response()
    response = page(code if code in SENTENCES else _nearest(code))
    if error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _nearest(code: int) -> int:
    return 500 if code >= 500 else 400  # noqa: PLR2004  the two families of faults


def _malformed(_error: ParseException) -> Response:
    return page(400)


def _unfit(_error: DataError) -> Response:
    # PostgreSQL keeps no text with a zero byte: nothing it could be asked for has one.
    return page(400)


def _database_away(error: OperationalError) -> Response:
    log.error("database unavailable", exc_info=error)
    response = page(503)
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def _disk(error: OSError) -> Response:
    if error.errno not in FULL:
        return _fault(error)
    log.error("no room left on a disk", exc_info=error)
    return page(503)


def _fault(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    log.error("fault %s", reference, exc_info=error)
    return page(500, reference=reference)


def page(status: int, *, sentence: Text | None = None, reference: str = "") -> Response:
    """The page for this status; whatever the request had begun to write is given up first."""
    db.abandon()
    title, usual = SENTENCES[status]
    text = render_template(
        "errors/error.html", title=str(title), sentence=str(sentence or usual), status=status, reference=reference
    )
    return make_response(text, status)
