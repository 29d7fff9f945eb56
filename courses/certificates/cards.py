"""A certificate as its holder sees it on a card."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from academy import zones
from academy.i18n import gettext as _
from courses.certificates import wording
from courses.certificates.models import Certificate
from courses.progress.rules import Tier


@dataclass(frozen=True, slots=True)
class Card:
    """The facts of the card, in words; `state` is a chip's words and tone."""

    name: str
    course: str
    line: str
    code: str
    issued_on: date
    url: str
    address: str
    state: tuple[str, str]
    withdrawal: str
    shows_name: bool


def card(certificate: Certificate) -> Card:
    """The card of this certificate, in the language of the context."""
    line = _("%(tier)s · %(hours)s", tier=str(wording.TIERS[Tier(certificate.tier)]), hours=wording.hours(certificate))
    return Card(
        name=certificate.holder_name,
        course=certificate.course_title,
        line=line,
        code=certificate.code,
        issued_on=zones.home_day(certificate.issued_at),
        url=url_for("certificates.show", code=certificate.code),
        address=wording.address(certificate),
        state=(_("Valid"), "done") if certificate.valid else (_("Withdrawn"), "wrong"),
        withdrawal=wording.withdrawal(certificate),
        shows_name=certificate.shows_name,
    )
