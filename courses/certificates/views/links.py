"""Links by which holders show their certificates: made and ended by them, opened by whoever was given one."""

from datetime import datetime, timedelta

from flask import Response, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.mail.writing import public_url
from academy.people.actor import current_actor, signed_in_actor
from academy.people.guards import public, reveal, signed_in
from academy.people.keys import key_for
from courses.certificates import answers, lookup, rules
from courses.certificates.codes import read_code
from courses.certificates.link_forms import LinkForm
from courses.certificates.lookup import Found
from courses.certificates.views.blueprint import bp, certificate_or_404, hidden_from_search, page
from courses.certificates.views.public import counted, unknown
from courses.certificates.views.sheets import pdf_of, png_of
from courses.credentials.queries import credential_bytes
from courses.shares import queries, service, tokens
from courses.shares.models import CertificateShare
from courses.shares.service import Shown

KEY = "certificate links"


@bp.route("/my/certificates/<code>/links", methods=["GET", "POST"])
@signed_in
def links(code: str) -> ResponseReturnValue:
    """My links to one certificate, and the form for another."""
    certificate, actor = certificate_or_404(code), signed_in_actor()
    reveal(rules.is_holder(actor, certificate))
    form, now = LinkForm(), clock.now()
    if form.validate_on_submit():
        service.share(
            db.session,
            code=certificate.code,
            member_id=actor.id,
            shown=Shown(form.name.data, form.sheet.data, form.credential.data),
            ends_at=_end(form.days.data, now),
            now=now,
        )
        flash(_("The link is made. Copy it from the list and give it to whom you choose."), "done")
        return redirect(url_for("certificates.links", code=certificate.code), code=303)
    found = queries.shares_of(db.session, actor.id).get(certificate.code, [])
    rows = [(share, address_of(share), share.is_open(now)) for share in found]
    return page("links", 422 if form.errors else 200, form=form, certificate=certificate, links=rows)


def _end(days: int, now: datetime) -> datetime | None:
    return now + timedelta(days=days) if days else None


def address_of(share: CertificateShare) -> str:
    """The address of a link."""
    return public_url("certificates.shared", code=share.code, token=tokens.token_of(share, key_for(KEY)))


@bp.post("/my/certificates/<code>/links/<int(max=999999999999999):share_id>/end")
@signed_in
def end_link(code: str, share_id: int) -> ResponseReturnValue:
    """Take a link back; from now on it leads nowhere."""
    certificate, actor = certificate_or_404(code), signed_in_actor()
    reveal(rules.is_holder(actor, certificate))
    ended = service.end(db.session, share_id=share_id, code=certificate.code, member_id=actor.id, now=clock.now())
    reveal(ended)
    flash(_("The link is ended. It shows nothing any more."), "done")
    return redirect(url_for("certificates.links", code=certificate.code), code=303)


@bp.get("/c/<code>/<token>")
@public
def shared(code: str, token: str) -> ResponseReturnValue:
    """The answer of a check with what its holder chose to show by this link."""
    found, share = _opened(code, token)
    if found is None or share is None:
        return unknown()
    counted(found)
    certificate = found.certificate
    name = certificate.holder_name if share.shows_name or certificate.shows_name else ""
    text, status = page(
        "shared",
        certificate=certificate,
        answer=answers.answer(found, clock.now(), name=name),
        share=share,
        token=token,
        is_holder=rules.is_holder(current_actor(), certificate),
    )
    return hidden_from_search(make_response(text, status))


@bp.get("/c/<code>/<token>/<any('sheet.pdf', 'picture.png', 'credential.json'):part>")
@public
def shared_part(code: str, token: str, part: str) -> ResponseReturnValue:
    """One of the files that a link shows."""
    found, share = _opened(code, token)
    if found is None or share is None:
        return unknown()
    shows = share.shows_credential if part == "credential.json" else share.shows_sheet
    if not shows or not found.certificate.valid:
        raise NotFound
    return _part(code, part)


def _part(code: str, part: str) -> Response:
    if part == "credential.json":
        signed = credential_bytes(db.session, read_code(code) or "")
        if signed is None:
            raise NotFound
        response = Response(signed, mimetype="application/vc+ld+json")
        response.headers["Content-Disposition"] = 'attachment; filename="credential.json"'
        return hidden_from_search(response)
    certificate = certificate_or_404(code)
    return pdf_of(certificate) if part == "sheet.pdf" else png_of(certificate)


def _opened(code: str, token: str) -> tuple[Found | None, CertificateShare | None]:
    """The certificate and the link that this token opens, as long as it is open."""
    exact, now = read_code(code), clock.now()
    found = lookup.by_code(db.session, exact) if exact else None
    if found is None or exact is None:
        return None, None
    shares = queries.shares_of_code(db.session, exact)
    mine = (each for each in shares if each.is_open(now) and tokens.opens(each, key_for(KEY), token))
    return found, next(mine, None)
