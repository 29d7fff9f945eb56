"""The register in words: groups of people, how a person of a batch stands, until when a certificate counts."""

from datetime import datetime

from academy import i18n, zones
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.certificates import validity
from courses.certificates.kinds import Given, LineState, Wish
from courses.certificates.models import Certificate
from courses.certificates.register_queries import Show
from courses.certificates.validity import Status

GROUPS: dict[Show, Text] = {
    Show.ALL: _l("Everybody"),
    Show.READY: _l("Ready for a certificate"),
    Show.SHORT: _l("Not ready yet"),
    Show.HAVE: _l("Have one already"),
    Show.UNCHECKED: _l("Have not checked their names"),
}
LINES: dict[LineState, Text] = {
    LineState.WAITING: _l("Waits"),
    LineState.ISSUED: _l("Issued"),
    LineState.HELD: _l("Had one already"),
    LineState.REFUSED: _l("Not issued"),
}
LINE_TONES: dict[LineState, str] = {
    LineState.WAITING: "plain",
    LineState.ISSUED: "done",
    LineState.HELD: "plain",
    LineState.REFUSED: "due",
}
KINDS: dict[Given, Text] = {
    Given.SERVICE: _l("Service"),
    Given.SIMULATION: _l("Simulation"),
    Given.EVENT: _l("Event"),
}
WISHES: dict[Wish, Text] = {
    Wish.NAME: _l("Another spelling of the name"),
    Wish.RENEWAL: _l("Renewal"),
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


def state_on_register(certificate: Certificate | None, *, ready: bool, now: datetime) -> str:
    """How somebody stands on the way to a certificate."""
    if certificate is not None:
        return state(certificate, now)[0]
    return _("Ready") if ready else _("Not ready")


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
