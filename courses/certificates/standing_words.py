"""How a certificate stands, in words: its chip, its last day, what it is given for."""

from datetime import datetime

from academy import i18n, zones
from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from courses.certificates import validity
from courses.certificates.kinds import Given
from courses.certificates.models import Certificate
from courses.certificates.validity import Status

KINDS: dict[Given, Text] = {
    Given.SERVICE: _l("Service"),
    Given.SIMULATION: _l("Simulation"),
    Given.EVENT: _l("Event"),
}
STATES: dict[Status, tuple[Text, str]] = {
    Status.VALID: (_l("Issued"), "done"),
    Status.EXPIRED: (_l("Expired"), "due"),
    Status.WITHDRAWN: (_l("Withdrawn"), "wrong"),
}


def state(certificate: Certificate, now: datetime) -> tuple[str, str]:
    """How a certificate stands: words and the tone of their chip."""
    words, tone = STATES[validity.status_of(certificate, now)]
    return str(words), tone


def last_day(certificate: Certificate) -> str:
    """The last day on which it counts, written out; '' for one without end."""
    if certificate.expires_at is None:
        return ""
    return i18n.long_date(validity.last_day_of(certificate.expires_at, zones.home()))


def last_day_iso(certificate: Certificate) -> str:
    """The same as programs read it."""
    if certificate.expires_at is None:
        return ""
    return validity.last_day_of(certificate.expires_at, zones.home()).isoformat()
