"""What anybody may ask: is this certificate valid, what does it prove, is this the name on it."""

from flask import Response, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.people.actor import current_actor
from academy.people.guards import public
from academy.web import limits
from academy.web.limits import Limit, Try
from courses.certificates import queries, rules, wording
from courses.certificates.codes import read_code
from courses.certificates.forms import CodeForm, HolderNameForm
from courses.certificates.queries import InPublic
from courses.certificates.views.blueprint import INVALID, bp, hidden_from_search, page
from courses.certificates.views.credential import credential_of
from courses.credentials.giving import JSON, wanted_json

HOUR = 3600
UNKNOWN_CODES = Limit("certificates.unknown", 30, HOUR)
NAMES_FOR_CODE = Limit("certificates.names-for-code", 10, HOUR)
NAMES_FROM_ADDRESS = Limit("certificates.names-from-address", 30, HOUR)


@bp.get("/verify/")
@public
def verify() -> ResponseReturnValue:
    """Type a code, and learn beforehand what a check can tell."""
    typed = request.args if "code" in request.args else None
    form = CodeForm(formdata=typed, meta={"csrf": False})
    if typed is not None and form.validate():
        return redirect(url_for("certificates.show", code=read_code(form.code.data or "")), code=303)
    return page("verify", INVALID if form.errors else 200, form=form)


@bp.get("/c/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """The answer of a check, in one large line and in plain sentences."""
    exact = read_code(code)
    found = queries.in_public(db.session, exact) if exact else None
    if found is None:
        return _unknown()
    if wanted := wanted_json():
        return _for_programs(found, plain=wanted == JSON)
    if code != exact:
        return hidden_from_search(redirect(url_for("certificates.show", code=exact)))
    return _answer(found, HolderNameForm())


@bp.post("/c/<code>")
@public
def check_name(code: str) -> ResponseReturnValue:
    """Say whether a name is the one on the paper; nothing is kept, and guessing is slowed."""
    form, exact = HolderNameForm(), read_code(code)
    good = form.validate_on_submit()
    if good:
        limits.spend_each(Try(NAMES_FROM_ADDRESS, (limits.client(),)), Try(NAMES_FOR_CODE, (exact or "",)))
    with db.glance() as session:
        found = queries.in_public(session, exact) if exact else None
    if found is None:
        return _unknown()
    if not good or not rules.name_may_be_asked(found.certificate):
        return _answer(found, form, status=INVALID if form.errors else 200)
    return _answer(found, form, matches=rules.same_name(found.certificate.holder_name, form.name.data or ""))


def _answer(found: InPublic, form: HolderNameForm, *, matches: bool | None = None, status: int = 200) -> Response:
    text, _status = page(
        "show",
        form=form,
        matches=matches,
        certificate=found.certificate,
        sentences=_sentences(found),
        checked=wording.checked(found.certificate),
        withdrawal=wording.withdrawal(found.certificate),
        may_ask=rules.name_may_be_asked(found.certificate),
        is_holder=rules.is_holder(current_actor(), found.certificate),
    )
    return hidden_from_search(make_response(text, status))


def _sentences(found: InPublic) -> list[str]:
    certificate = found.certificate
    told = [wording.promise(certificate), wording.tier_sentence(certificate), wording.issue_sentence(certificate)]
    if found.cohort_year is not None:
        told.append(wording.cohort_sentence(found.cohort_year))
    return told


def _unknown() -> Response:
    limits.spend(UNKNOWN_CODES, limits.client())
    text, status = page("unknown", 404)
    return hidden_from_search(make_response(text, status))


@bp.get("/c/<code>.json")
@public
def facts(code: str) -> ResponseReturnValue:
    """The same answer for programs: the signed credential to whoever may have it, else what everybody may know."""
    exact = read_code(code)
    found = queries.in_public(db.session, exact) if exact else None
    if found is None:
        limits.spend(UNKNOWN_CODES, limits.client())
    return _for_programs(found, plain=request.args.get("facts") == "public")


def _for_programs(found: InPublic | None, *, plain: bool) -> ResponseReturnValue:
    """The credential, unless plain facts are asked for; the name only if its holder lets it be seen."""
    signed = credential_of(found.certificate) if found and not plain else None
    if signed is not None:
        return signed
    response = jsonify(wording.public_facts(found.certificate, found.cohort_year) if found else {"status": "unknown"})
    response.status_code = 200 if found else 404
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return hidden_from_search(response.make_conditional(request))
