"""The blueprint of certificates and what its views share."""

from typing import TypeVar

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from academy import db
from academy.errors import NotFound
from courses.certificates import queries
from courses.certificates.codes import read_code
from courses.certificates.models import Certificate

Answer = TypeVar("Answer", bound=Response)
bp = Blueprint("certificates", __name__)
INVALID = 422


def page(name: str, status: int = 200, **values: object) -> tuple[str, int]:
    """A page of certificates."""
    return render_template(f"courses/certificates/{name}.html", **values), status


def certificate_or_404(code: str) -> Certificate:
    """The certificate with this code, however it is spelled."""
    exact = read_code(code)
    certificate = queries.by_code(db.session, exact) if exact else None
    if certificate is None:
        raise NotFound
    return certificate


def hidden_from_search(response: Answer) -> Answer:
    """The answer, which no search engine is to keep."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
