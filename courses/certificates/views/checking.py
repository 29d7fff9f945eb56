"""Checks beside the plain one: of a file, of many codes at once, and what a check without a network needs."""

import json
import time
from dataclasses import dataclass

from flask import Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.audit.service import record
from academy.i18n import gettext as _
from academy.people.guards import public
from academy.spreadsheets.service import CSV_TYPE, csv_of
from academy.web import limits
from academy.web.file_forms import content_of, takes_files
from academy.web.limits import Limit
from courses.certificates import answers, lookup, offline, papers
from courses.certificates.checking_forms import ManyForm, PaperForm
from courses.certificates.codes import read_code
from courses.certificates.lookup import Found
from courses.certificates.models import Certificate
from courses.certificates.validity import status_of
from courses.certificates.views.blueprint import INVALID, bp, hidden_from_search, page
from courses.certificates.views.public import HOUR, counted
from courses.credentials.queries import credential_bytes

FILES = Limit("certificates.files", 30, HOUR)
LISTS = Limit("certificates.lists", 6, HOUR)
LISTS_A_DAY = Limit("certificates.lists-a-day", 20, 24 * HOUR)
FRESH = 60.0
"""For so many seconds a process gives out what it read for checks without a network."""


@bp.get("/verify/list.json")
@public
def offline_list() -> Response:
    """Keys, titles, and what was withdrawn or written anew: for the check page of this site alone."""
    language, now = i18n.current_code(), time.monotonic()
    kept: dict[str, tuple[float, bytes]] = current_app.extensions.setdefault("academy.check_lists", {})
    made_at, content = kept.get(language, (-FRESH, b""))
    if now - made_at >= FRESH:
        content = json.dumps(offline.listing(db.session, clock.now()), ensure_ascii=False).encode()
        kept[language] = (now, content)
    response = Response(content, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return hidden_from_search(response)


@bp.route("/verify/file", methods=["GET", "POST"])
@public
@takes_files(papers.MOST_BYTES)
def check_file() -> ResponseReturnValue:
    """Say whether a file somebody was handed is exactly the one that was signed here."""
    form = PaperForm()
    if not form.validate_on_submit():
        return _hidden(page("file", INVALID if form.errors else 200, form=form, verdict=None))
    limits.spend(FILES, limits.client())
    paper = papers.read(content_of(form.paper))
    with db.glance() as session:
        found = lookup.by_code(session, paper.code) if paper.code else None
        signed = credential_bytes(session, paper.code) if found and paper.code else None
    verdict = _verdict(paper, found, signed)
    return _hidden(page("file", 200, form=form, verdict=verdict))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a file: about the certificate it names, and whether the file itself is ours."""

    state: str
    detail: str
    code: str
    file: str
    genuine: bool | None


def _verdict(paper: papers.Paper, found: Found | None, signed: bytes | None) -> Verdict:
    if found is None:
        said = _("This file names no certificate of ours.") if paper.code is None else ""
        return Verdict(answers.UNKNOWN, said, paper.code or "", "", genuine=None)
    counted(found)
    certificate, now = found.certificate, clock.now()
    detail = answers.answer(found, now, name=certificate.shown_name).detail
    genuine = _is_same(paper.credential, signed) if paper.credential and signed else None
    return Verdict(status_of(certificate, now), detail, certificate.code, _of_file(paper, genuine), genuine)


def _of_file(paper: papers.Paper, genuine: bool | None) -> str:
    if genuine:
        return _("The credential in this file is exactly the one we signed.")
    if genuine is False:
        return _(
            "The credential in this file is not the one we signed last: it was altered, or a newer one replaced it."
        )
    if paper.credential:
        return _("We keep no credential to compare this file with. What we know of its code stands above.")
    return _("This file holds no signed credential. What we know of its code stands above.")


def _is_same(credential: str, signed: bytes) -> bool:
    return bool(json.loads(credential) == json.loads(signed))


@bp.route("/verify/many", methods=["GET", "POST"])
@public
@takes_files(papers.MOST_BYTES)
def check_many() -> ResponseReturnValue:
    """Answer a list of codes, as a page or as a table to keep; how often is limited, and it is written down."""
    form = ManyForm()
    if not form.validate_on_submit():
        return _hidden(page("many", INVALID if form.errors else 200, form=form, lines=None))
    limits.spend(LISTS, limits.client())
    limits.spend(LISTS_A_DAY, limits.client())
    lines = _lines(form.typed())
    counts = {state: sum(line.state == state for line in lines) for state in answers.STATES}
    told = " ".join(f"{state} {count}" for state, count in counts.items() if count)
    record(db.session, actor=None, action="certificates.checked", now=clock.now(), detail=f"{len(lines)} codes: {told}")
    if request.form.get("as") == "table":
        return _table(lines)
    return _hidden(page("many", 200, form=form, lines=lines, counts=counts, states=answers.STATES))


@dataclass(frozen=True, slots=True)
class Line:
    """One code of a list and its answer."""

    typed: str
    state: str
    title: str = ""
    day: str = ""
    detail: str = ""


def _lines(typed: list[str]) -> list[Line]:
    codes = {each: read_code(each) for each in typed}
    with db.glance() as session:
        found = lookup.by_codes(session, [code for code in codes.values() if code])
    return [_line(each, found.get(codes[each] or "")) for each in typed]


def _line(typed: str, certificate: Certificate | None) -> Line:
    if certificate is None:
        return Line(typed, answers.UNKNOWN)
    found, now = Found(certificate, None, None), clock.now()
    told = answers.answer(found, now)
    return Line(certificate.code, told.state, certificate.course_title, answers.issued_on(certificate), told.detail)


def _table(lines: list[Line]) -> Response:
    headings = [_("Code"), _("Answer"), _("Given for"), _("Date of issue"), _("More")]
    rows = [[each.typed, str(answers.STATES[each.state]), each.title, each.day, each.detail] for each in lines]
    response = Response(csv_of(headings, rows), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="certificates.csv"'
    return hidden_from_search(response)


def _hidden(drawn: tuple[str, int]) -> Response:
    return hidden_from_search(make_response(*drawn))
