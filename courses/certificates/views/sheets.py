"""The sheet of a certificate: as a PDF to print, as a picture to share."""

from datetime import datetime

from flask import Response, request
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web import limits
from academy.web.limits import Limit
from courses.catalogue import library
from courses.catalogue.content import Course
from courses.certificates import queries, rules, sheets, transcripts
from courses.certificates.document import Sheet, render_pdf, render_png
from courses.certificates.kinds import Given
from courses.certificates.models import Certificate
from courses.certificates.refusals import HolderErased, NotYetSigned, WithdrawnIsNotPrinted
from courses.certificates.validity import Status, status_of
from courses.certificates.views.blueprint import bp, certificate_or_404, hidden_from_search
from courses.credentials import records
from courses.credentials.queries import Proof, proof_of

RECORDS = Limit("certificates.records", 6, 3600)


@bp.get("/c/<code>.pdf")
@signed_in
def sheet(code: str) -> ResponseReturnValue:
    """The printed sheet, for its holder and for admins, in the language asked for and perhaps in a second one."""
    certificate = certificate_or_404(code)
    reveal(rules.may_print(signed_in_actor(), certificate))
    return pdf_of(certificate)


@bp.get("/c/<code>.png")
@signed_in
def picture(code: str) -> ResponseReturnValue:
    """The sheet as a picture, for its holder to share."""
    certificate = certificate_or_404(code)
    reveal(rules.may_print(signed_in_actor(), certificate))
    return png_of(certificate)


def pdf_of(certificate: Certificate) -> Response:
    """The sheet as a file to keep."""
    proof = proof_of(db.session, certificate.code)
    pages = [_page(certificate, language, proof) for language in languages_asked(certificate)]
    response = Response(render_pdf(*pages, credential=proof.document), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{certificate.code}.pdf"'
    return hidden_from_search(response)


def png_of(certificate: Certificate) -> Response:
    """The sheet as a picture."""
    page = _page(certificate, languages_asked(certificate)[0], proof_of(db.session, certificate.code))
    return hidden_from_search(Response(render_png(page), mimetype="image/png"))


def languages_asked(certificate: Certificate) -> list[str]:
    """The language of the first page, and that of the second if one is asked for."""
    first, second = (request.args.get(name, "") for name in ("lang", "second"))
    first = first if first in i18n.offered() else certificate.language
    return [first, second] if second in i18n.offered() and second != first else [first]


def _page(certificate: Certificate, language: str, proof: Proof) -> Sheet:
    if not certificate.valid:
        raise WithdrawnIsNotPrinted
    if not certificate.holder_name:
        raise HolderErased
    statement = proof.statement.packed(certificate.code) if proof.statement else ""
    return sheets.sheet(certificate, _course(certificate), language, statement)


def _course(certificate: Certificate) -> Course | None:
    if certificate.kind != Given.COURSE:
        return None
    edition = library.edition(db.session, certificate.course_slug or "", certificate.edition)
    if edition is None:
        raise WithdrawnIsNotPrinted
    return edition.course


@bp.get("/my/certificates/record.pdf")
@signed_in
def transcript() -> ResponseReturnValue:
    """All my certificates that stand, as one document, in the language of the page."""
    now = clock.now()
    response = Response(transcripts.render(_standing(now), now), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="record.pdf"'
    return response


@bp.get("/my/certificates/record.json")
@signed_in
def learner_record() -> ResponseReturnValue:
    """The same for programs: my signed credentials in one that is signed too (Comprehensive Learner Record 2.0)."""
    now = clock.now()
    standing = _standing(now)
    members = records.signed_documents(db.session, [each.code for each in standing])
    if not members:
        raise NotYetSigned
    limits.spend(RECORDS, signed_in_actor().id)
    names = (standing[0].holder_name, standing[0].second_name)
    signed = records.record(db.session, names=names, members=members, now=now)
    response = Response(signed, mimetype="application/vc+ld+json")
    response.headers["Content-Disposition"] = 'attachment; filename="record.json"'
    return response


def _standing(now: datetime) -> list[Certificate]:
    """My certificates that stand, the newest first."""
    held = queries.name_and_certificates(db.session, signed_in_actor().id).certificates
    standing = [each for each in held if status_of(each, now) is Status.VALID and each.holder_name]
    if not standing:
        raise NotFound
    return standing
