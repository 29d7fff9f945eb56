"""What anybody may ask: is this certificate valid, what does it prove, is this the name on it."""

from flask import Response, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.people.actor import current_actor
from academy.people.guards import public
from academy.web import limits
from academy.web.headers import PERMISSIONS
from academy.web.limits import Limit, Try
from academy.web.whole_pages import whole_page
from courses.certificates import answers, lookup, rules
from courses.certificates.checking_forms import PaperForm
from courses.certificates.codes import read_code
from courses.certificates.forms import CodeForm, HolderNameForm
from courses.certificates.lookup import Found
from courses.certificates.validity import status_of
from courses.certificates.views.blueprint import INVALID, bp, hidden_from_search, page
from courses.certificates.views.credential import credential_of
from courses.credentials.giving import JSON, wanted_json
from courses.shares.counting import month_of, the_counts

HOUR = 3600
UNKNOWN_CODES = Limit("certificates.unknown", 30, HOUR)
NAMES_FOR_CODE = Limit("certificates.names-for-code", 10, HOUR)
NAMES_FROM_ADDRESS = Limit("certificates.names-from-address", 30, HOUR)
OWN_CAMERA = PERMISSIONS.replace("camera=()", "camera=(self)")
SHELF = "academy.checked_certificates"


@bp.get("/verify/")
@public
def verify() -> ResponseReturnValue:
    """Type a code or show a paper, and learn beforehand what a check can tell."""
    typed = request.args if "code" in request.args else None
    form = CodeForm(formdata=typed, meta={"csrf": False})
    if typed is not None and form.validate():
        return redirect(url_for("certificates.show", code=read_code(form.code.data or "")), code=303)
    wrong = bool(form.errors)
    response = make_response(_verify_page(form) if wrong else whole_page("", lambda: _verify_page(form)))
    if wrong:
        response.status_code = INVALID
    response.headers["Permissions-Policy"] = OWN_CAMERA
    return response


def _verify_page(form: CodeForm) -> str:
    # Two fields for the script that checks papers; nothing that is typed into them is sent.
    forms = {"name_form": HolderNameForm(None, prefix="paper-"), "paper_form": PaperForm(None, prefix="paper-")}
    text, _status = page("verify", form=form, **forms)
    return text


@bp.get("/c/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """The answer of a check, in one large line and in plain sentences."""
    exact = read_code(code)
    found = lookup.by_code(db.session, exact) if exact else None
    if found is None:
        return unknown()
    if code != exact:
        return hidden_from_search(redirect(url_for("certificates.show", code=exact)))
    if wanted := wanted_json():
        return _for_programs(found, plain=wanted == JSON)
    counted(found)
    state = status_of(found.certificate, clock.now())
    return hidden_from_search(make_response(whole_page(_version(found, state), lambda: _drawn(found), shelf=SHELF)))


def _version(found: Found, state: str) -> tuple[str | int | bool | None, ...]:
    """All that the page depends on beside the code and the language; what never changes is left out."""
    certificate, moments = found.certificate, (found.certificate.expires_at, found.certificate.withdrawn_at)
    return (
        *(str(moment) for moment in moments),
        *(state, certificate.withdraw_class, certificate.version, found.cohort_year),
        *(certificate.shown_name, bool(certificate.holder_name), certificate.course_title),
    )


def _drawn(found: Found) -> str:
    certificate = found.certificate
    text, _status = page(
        "show",
        certificate=certificate,
        answer=answers.answer(found, clock.now(), name=certificate.shown_name),
        may_ask=rules.name_may_be_asked(certificate),
        is_holder=rules.is_holder(current_actor(), certificate),
    )
    return text


def counted(found: Found) -> None:
    """Count a check, unless it was the holder's own look."""
    if not rules.is_holder(current_actor(), found.certificate):
        the_counts().add(found.certificate.code, month_of(clock.now()))


@bp.route("/c/<code>/name", methods=["GET", "POST"])
@public
def check_name(code: str) -> ResponseReturnValue:
    """Say whether a name is the one on the paper; nothing is kept, and guessing is slowed."""
    form, exact = HolderNameForm(), read_code(code)
    typed = form.validate_on_submit()
    if typed:
        limits.spend_each(Try(NAMES_FROM_ADDRESS, (limits.client(),)), Try(NAMES_FOR_CODE, (exact or "",)))
    with db.glance() as session:
        found = lookup.by_code(session, exact) if exact else None
    if found is None:
        return unknown()
    if not rules.name_may_be_asked(found.certificate):
        raise NotFound
    matches = answers.is_named(found.certificate, form.name.data or "") if typed else None
    text, status = page(
        "name", INVALID if form.errors else 200, form=form, matches=matches, code=found.certificate.code
    )
    return hidden_from_search(make_response(text, status))


def unknown() -> Response:
    """The answer about a code that nobody was given; guessing is slowed."""
    limits.spend(UNKNOWN_CODES, limits.client())
    text, status = page("unknown", 404)
    return hidden_from_search(make_response(text, status))


@bp.get("/c/<code>.json")
@public
def facts(code: str) -> ResponseReturnValue:
    """The same answer for programs: the signed credential to whoever may have it, else what everybody may know."""
    exact = read_code(code)
    found = lookup.by_code(db.session, exact) if exact else None
    if found is None:
        limits.spend(UNKNOWN_CODES, limits.client())
        return _to_programs({"status": answers.UNKNOWN}, 404)
    return _for_programs(found, plain=request.args.get("facts") == "public")


def _for_programs(found: Found, *, plain: bool) -> ResponseReturnValue:
    """The credential, unless plain facts are asked for; the name only if its holder lets it be seen."""
    counted(found)
    signed = None if plain else credential_of(found.certificate)
    return signed or _to_programs(answers.facts(found, clock.now()))


def _to_programs(told: dict[str, object], status: int = 200) -> ResponseReturnValue:
    response = jsonify(told)
    response.status_code = status
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return hidden_from_search(response.make_conditional(request))
