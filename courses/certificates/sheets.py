"""A certificate as it is printed: its facts and the fixed words around them, in one language or two."""

import base64
from functools import lru_cache
from pathlib import Path

from academy import i18n, zones
from academy.current import the_settings
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import speaking
from courses.catalogue.content import Course
from courses.certificates import answers, wording
from courses.certificates.document import CertificateFacts, Sheet, Wording
from courses.certificates.document import Tier as SheetTier
from courses.certificates.kinds import Given
from courses.certificates.models import Certificate
from courses.progress.rules import Tier

GIVEN_FOR: dict[Given, Text] = {
    Given.SERVICE: _l("has served the academy:"),
    Given.SIMULATION: _l("took part in the simulation"),
    Given.EVENT: _l("took part in the event"),
}
PNG = b"\x89PNG"
PNG_SIZE = slice(16, 24)


def sheet(certificate: Certificate, course: Course | None, language: str, statement: str = "") -> Sheet:
    """The sheet in this language; `course` is the edition it was issued for, None where there is no course."""
    with speaking(language):
        title, about = _titles(certificate, course, language)
        return _facts(certificate, language, title, about, statement), _wording(certificate, title, about)


def _titles(certificate: Certificate, course: Course | None, language: str) -> tuple[str, str]:
    """The title of the certificate, and what it was given for."""
    if course is None:
        text = _own_text(certificate, language)
        return text.get("title") or certificate.course_title, text.get("text") or certificate.course_title
    words = course.text(*i18n.reading_order(language))
    if certificate.tier == Tier.PARTICIPATION:
        return _("Certificate of Participation"), words.title
    return words.certificate_title or _("Certificate of Completion"), words.title


def _own_text(certificate: Certificate, language: str) -> dict[str, str]:
    order = (*i18n.reading_order(language), certificate.language, *certificate.texts)
    return next((certificate.texts[code] for code in order if code in certificate.texts), {})


def _facts(certificate: Certificate, language: str, title: str, about: str, statement: str) -> CertificateFacts:
    tier: SheetTier = "completion" if certificate.tier == Tier.COMPLETION else "participation"
    cohort = _("Cohort: %(name)s", name=certificate.cohort_name) if certificate.cohort_name else None
    settings = the_settings()
    return CertificateFacts(
        holder_name=certificate.holder_name,
        also_written=certificate.second_name,
        course_title=about,
        certificate_title=title,
        tier=tier,
        issued_on=zones.home_day(certificate.issued_at),
        issued_at=certificate.issued_at,
        code=certificate.code,
        verify_url=wording.address(certificate),
        issuer_name=settings.name,
        language=language,
        hours=wording.hours(certificate) if certificate.hours else None,
        cohort=cohort,
        checked=wording.checked(certificate),
        signatories=settings.certificate_signatories,
        logo_svg=logo_of(settings.certificate_logo),
        statement=statement,
    )


def _wording(certificate: Certificate, title: str, about: str) -> Wording:
    return Wording(
        document_title=_("%(title)s: %(course)s", title=title, course=about),
        confirms=_("This is to confirm that"),
        completed=_given_for(certificate),
        issued=i18n.long_date(zones.home_day(certificate.issued_at)),
        issued_label=_("Date of issue"),
        number_label=_("Certificate number"),
        verify_label=_("Anyone can check this certificate at"),
        qr_alt=_("QR code with the address where this certificate is checked"),
        logo_alt=_("Logo of the partner"),
        until=answers.until(certificate),
    )


def _given_for(certificate: Certificate) -> str:
    if certificate.kind != Given.COURSE:
        return str(GIVEN_FOR[Given(certificate.kind)])
    return _("took part in the course") if certificate.tier == Tier.PARTICIPATION else _("completed the course")


@lru_cache(maxsize=2)
def logo_of(path: Path | None) -> str | None:
    """The logo of the settings as a drawing; a picture of points is wrapped in one."""
    if path is None:
        return None
    data = path.read_bytes()
    if not data.startswith(PNG):
        return data.decode("utf-8")
    size = data[PNG_SIZE]
    width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")
    link = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    box = f'viewBox="0 0 {width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}><image width="{width}" height="{height}" href="{link}"/></svg>'
    )
