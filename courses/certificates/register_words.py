"""The register in words: groups of people, how a person of a batch stands, what holders ask for."""

from datetime import datetime

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.certificates import standing_words
from courses.certificates.kinds import Decision, LineState, Wish
from courses.certificates.models import Certificate
from courses.certificates.register_queries import Show

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
WISHES: dict[Wish, Text] = {
    Wish.NAME: _l("Another spelling of the name"),
    Wish.RENEWAL: _l("Renewal"),
}


def state_on_register(certificate: Certificate | None, *, ready: bool, now: datetime) -> str:
    """How somebody stands on the way to a certificate."""
    if certificate is not None:
        return standing_words.state(certificate, now)[0]
    return _("Ready") if ready else _("Not ready")


def decided(decision: Decision) -> tuple[str, str]:
    """What became of a request: words and the tone of their chip."""
    if decision is Decision.OPEN:
        return _("Waits for an answer"), "due"
    return (_("Granted"), "done") if decision is Decision.DONE else (_("Not granted"), "plain")
