"""A certificate as its holder sees it on a card."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from academy import clock, zones
from academy.i18n import gettext as _
from courses.certificates import standing_words, validity, wording
from courses.certificates.kinds import Given
from courses.certificates.models import Certificate
from courses.certificates.validity import Status
from courses.progress.rules import Tier


@dataclass(frozen=True, slots=True)
class Card:
    """The facts of the card, in words; `state` is a chip's words and tone, `last_day` is '' where there is no end."""

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
    last_day: str


def card(certificate: Certificate) -> Card:
    """The card of this certificate, in the language of the context."""
    return Card(
        name=certificate.holder_name,
        course=certificate.course_title,
        line=_line(certificate),
        code=certificate.code,
        issued_on=zones.home_day(certificate.issued_at),
        url=url_for("certificates.show", code=certificate.code),
        address=wording.address(certificate),
        state=_state(certificate),
        withdrawal=wording.withdrawal(certificate),
        shows_name=certificate.shows_name,
        last_day=standing_words.last_day(certificate),
    )


def _line(certificate: Certificate) -> str:
    """What it is, and how many hours it took."""
    given = Given(certificate.kind)
    what = wording.TIERS[Tier(certificate.tier)] if given is Given.COURSE else standing_words.KINDS[given]
    if not certificate.hours:
        return str(what)
    return _("%(tier)s · %(hours)s", tier=str(what), hours=wording.hours(certificate))


def _state(certificate: Certificate) -> tuple[str, str]:
    status = validity.status_of(certificate, clock.now())
    return (_("Valid"), "done") if status is Status.VALID else standing_words.state(certificate, clock.now())
