"""The certificate as a printable sheet: facts and finished words in, a page of PDF a language or a picture out."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from academy import calendar_hijri
from courses.certificates.fonts import Faces, NoFontForScript, installed_faces
from courses.certificates.names import direction_of, needs_arabic, printable
from courses.certificates.ornament import field_svg, weave_svg
from courses.certificates.press import press

_LONGEST_LINE = 240
_MOST_CHECKS = 4
_MOST_HANDS = 2
TEMPLATE = "document.typ"
_RTL = frozenset({"fa", "ps"})

Tier = Literal["completion", "participation"]


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate states, written out in its language.

    `issued_on` is the day in the organisation's zone, `issued_at` the aware moment; four lines of `checked` are shown,
    `also_written` is the name in a second script, two `signatories` are a name and an office each, `logo_svg` a
    partner's own drawing, `statement` what the code square carries after the address for a check without a network.
    """

    holder_name: str
    course_title: str
    certificate_title: str
    tier: Tier
    issued_on: date
    issued_at: datetime
    code: str
    verify_url: str
    issuer_name: str
    language: str
    hours: str | None = None
    cohort: str | None = None
    checked: tuple[str, ...] = ()
    also_written: str = ""
    signatories: tuple[tuple[str, str], ...] = ()
    logo_svg: str | None = None
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The sheet's fixed words, translated; `issued` is the Gregorian day written out in the language."""

    document_title: str
    confirms: str
    completed: str
    issued: str
    issued_label: str
    number_label: str
    verify_label: str
    qr_alt: str
    logo_alt: str = ""
    until: str = ""


Sheet = tuple[CertificateFacts, Wording]


def render_pdf(*pages: Sheet, credential: bytes | None = None, faces: Faces | None = None) -> bytes:
    """Give a tagged A4 page for each language, the same bytes for the same facts.

    The credential travels inside the file. Raises NoFontForScript when Arabic letters lack.
    """
    folder, sheets = _prepared(pages, faces)
    facts = pages[0][0]
    attached = {} if credential is None else {"credential": credential.decode("utf-8")}
    if facts.statement:
        attached["statement"] = f"{facts.verify_url}#{facts.statement}"
    moment = int(facts.issued_at.timestamp())
    return press("pdf", folder=folder, template=TEMPLATE, moment=moment, sheets=sheets, attached=attached)


def render_png(page: Sheet, *, faces: Faces | None = None) -> bytes:
    """Give the same sheet as a picture of 150 dots an inch; raise NoFontForScript when Arabic letters lack."""
    folder, sheets = _prepared((page,), faces)
    return press("png", folder=folder, template=TEMPLATE, sheets=sheets)


def _prepared(pages: tuple[Sheet, ...], faces: Faces | None) -> tuple[Path | None, list[dict[str, object]]]:
    chosen, sheets = faces or installed_faces(), [_sheet(*page) for page in pages]
    if needs_arabic(json.dumps(sheets, ensure_ascii=False)) and not chosen.arabic:
        raise NoFontForScript
    return chosen.folder, sheets


def _sheet(facts: CertificateFacts, wording: Wording) -> dict[str, object]:
    """Everything the template prints, as plain values."""
    name, also = printable(facts.holder_name), printable(facts.also_written)
    return {
        **_frame(facts, wording),
        "name": name,
        "name_dir": direction_of(name),
        "also_written": also or None,
        "also_dir": direction_of(also),
        "title": _line(facts.certificate_title),
        "confirms": _line(wording.confirms),
        "completed": _line(wording.completed),
        "course": _line(facts.course_title),
        "details": " · ".join(_line(text) for text in (facts.hours, facts.cohort) if text),
        "checked": [_line(text) for text in facts.checked[:_MOST_CHECKS]],
        **_foot(facts, wording),
    }


def _frame(facts: CertificateFacts, wording: Wording) -> dict[str, object]:
    return {
        "lang": facts.language,
        "region": "AF" if facts.language in _RTL else None,
        "dir": "rtl" if facts.language in _RTL else "ltr",
        "field": field_svg(facts.tier),
        "weave": weave_svg(),
        "document_title": _line(wording.document_title),
        "issuer": _line(facts.issuer_name),
        "logo": facts.logo_svg,
        "logo_alt": _line(wording.logo_alt),
    }


def _foot(facts: CertificateFacts, wording: Wording) -> dict[str, object]:
    issued, second = _dates(facts, wording)
    return {
        "issued": issued,
        "second_date": second,
        "issued_label": _line(wording.issued_label),
        "code": _line(facts.code),
        "number_label": _line(wording.number_label),
        "until": _line(wording.until) or None,
        "signatories": [[_line(text) for text in each] for each in facts.signatories[:_MOST_HANDS]],
        "verify_label": _line(wording.verify_label),
        "address": facts.verify_url,
        "statement": facts.statement,
        "address_shown": facts.verify_url.removeprefix("https://"),
        "qr_alt": _line(wording.qr_alt),
    }


def _dates(facts: CertificateFacts, wording: Wording) -> tuple[str, str | None]:
    """Solar Hijri first and the Gregorian day under it where people count by the former."""
    if facts.language not in _RTL:
        return _line(wording.issued), None
    return calendar_hijri.spelled(facts.issued_on, facts.language), _line(wording.issued)


def _line(words: str) -> str:
    return printable(words, _LONGEST_LINE)
