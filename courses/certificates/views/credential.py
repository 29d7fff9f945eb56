"""The signed credential of a certificate: as it is, and in a badge."""

from flask import Response
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import SignInNeeded
from academy.people.actor import current_actor
from academy.people.guards import public, reveal
from courses.certificates import rules
from courses.certificates.badge import MIME, Shape, badge
from courses.certificates.models import Certificate
from courses.certificates.refusals import NotYetSigned, WithdrawnIsNotPrinted
from courses.certificates.views.blueprint import bp, certificate_or_404, hidden_from_search
from courses.credentials.giving import CREDENTIAL, to_all
from courses.credentials.queries import credential_bytes

OWN = "private, no-cache"


@bp.get("/c/<code>/badge.png")
@public
def badge_png(code: str) -> ResponseReturnValue:
    """The badge as a picture that carries the credential."""
    return _badge(code, "png")


@bp.get("/c/<code>/badge.svg")
@public
def badge_svg(code: str) -> ResponseReturnValue:
    """The badge as a drawing that carries the credential."""
    return _badge(code, "svg")


def _badge(code: str, shape: Shape) -> Response:
    certificate, actor = certificate_or_404(code), current_actor()
    allowed = rules.may_have_credential(actor, certificate)
    if actor is None and not allowed:
        raise SignInNeeded
    reveal(allowed)
    if not certificate.valid:
        raise WithdrawnIsNotPrinted
    signed = credential_bytes(db.session, certificate.code)
    if signed is None:
        raise NotYetSigned
    response = Response(badge(certificate, signed, shape), mimetype=MIME[shape])
    response.headers["Content-Disposition"] = f'attachment; filename="badge-{certificate.code}.{shape}"'
    return hidden_from_search(response)


def credential_of(certificate: Certificate) -> Response | None:
    """The credential for whoever asks, if it is signed and they may have it: all the web if its holder shows it."""
    if not rules.may_have_credential(current_actor(), certificate):
        return None
    signed = credential_bytes(db.session, certificate.code)
    if signed is None:
        return None
    if certificate.shown_name:
        return hidden_from_search(to_all(signed, CREDENTIAL, cache=OWN))
    return hidden_from_search(Response(signed, mimetype=CREDENTIAL, headers={"Cache-Control": "private, no-store"}))
