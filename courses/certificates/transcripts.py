"""The record of one person across courses, as a document to print."""

from collections.abc import Sequence
from datetime import datetime

from academy import i18n, zones
from academy.current import the_settings
from academy.i18n import gettext as _
from academy.i18n import ngettext
from academy.mail.writing import public_url
from courses.certificates import answers, wording
from courses.certificates.fonts import NoFontForScript, installed_faces
from courses.certificates.models import Certificate
from courses.certificates.names import direction_of, needs_arabic, printable
from courses.certificates.ornament import weave_svg
from courses.certificates.press import press
from courses.progress.rules import Tier

TEMPLATE = "transcript.typ"


def render(certificates: Sequence[Certificate], now: datetime) -> bytes:
    """The record in the language of the context; `certificates` stand and are one person's, the newest first."""
    sheet, faces = _sheet(certificates, now), installed_faces()
    if needs_arabic(repr(sheet)) and not faces.arabic:
        raise NoFontForScript
    moment = int(max(each.issued_at for each in certificates).timestamp())
    return press("pdf", folder=faces.folder, template=TEMPLATE, moment=moment, sheets=[sheet])


def _sheet(certificates: Sequence[Certificate], now: datetime) -> dict[str, object]:
    newest, language = certificates[0], i18n.current_language()
    name = printable(newest.holder_name)
    return {
        "lang": language.code,
        "region": "AF" if language.direction == "rtl" else None,
        "dir": language.direction,
        "document_title": _("Record of certificates of %(name)s", name=name),
        "issuer": printable(the_settings().name),
        "title": _("Record of certificates"),
        "name": name,
        "name_dir": direction_of(name),
        "also_written": printable(newest.second_name) or None,
        "summary": _summary(certificates, now),
        "rows": [_row(each) for each in certificates],
        "how": _("Each certificate is checked by itself, at its address or by its code."),
        "qr_alt": _("QR code with the address where certificates are checked"),
        "address": public_url("certificates.verify"),
        "statement": "",
        "weave": weave_svg(),
    }


def _summary(certificates: Sequence[Certificate], now: datetime) -> str:
    hours = sum(each.hours for each in certificates)
    count = ngettext("%(num)s certificate", "%(num)s certificates", len(certificates))
    effort = ngettext("%(num)s hour of study", "%(num)s hours of study", hours)
    day = i18n.long_date(zones.home_day(now))
    return _("%(certificates)s · %(hours)s · as of %(day)s", certificates=count, hours=effort, day=day)


def _row(certificate: Certificate) -> dict[str, str]:
    facts = [str(wording.TIERS[Tier(certificate.tier)])] if certificate.tier else []
    facts += [wording.hours(certificate)] if certificate.hours else []
    address = wording.address(certificate)
    until = answers.until(certificate)
    dates = [_("Issued on %(day)s", day=answers.issued_on(certificate)), *([until] if until else [])]
    return {
        "title": printable(certificate.course_title, 240),
        "line": " · ".join(facts),
        "checked": " · ".join(wording.checked(certificate)),
        "dates": " · ".join(dates),
        "address": address,
        "address_shown": address.removeprefix("https://"),
    }
