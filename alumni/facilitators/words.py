"""Sessions in words: formats, states, lengths."""

from collections.abc import Iterable

from academy import i18n
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from alumni.facilitators.kinds import Format, SessionState
from alumni.facilitators.models import Facilitation
from alumni.facilitators.rules import HOUR

FORMATS: dict[Format, Text] = {
    Format.ONLINE: _l("Online sessions"),
    Format.IN_PERSON: _l("Sessions in a room"),
    Format.SIMULATION: _l("Simulations and role play"),
}
STATES: dict[SessionState, tuple[Text, str]] = {
    SessionState.INVITED: (_l("Waits for an answer"), "due"),
    SessionState.ACCEPTED: (_l("Accepted"), "info"),
    SessionState.DECLINED: (_l("Declined"), "plain"),
    SessionState.CANCELLED: (_l("Called off"), "plain"),
}


def hours(minutes: int) -> str:
    """A length in hours and half hours."""
    if minutes == HOUR:
        return _("1 hour")
    return _("%(hours)s hours", hours=i18n.number(minutes // HOUR if minutes % HOUR == 0 else minutes / HOUR))


def state(session: Facilitation) -> tuple[str, str]:
    """How a session stands: words and the tone of their chip."""
    if session.confirmed_at is not None:
        return _("%(hours)s confirmed", hours=hours(session.logged or 0)), "done"
    if session.logged is not None:
        return _("%(hours)s to be confirmed", hours=hours(session.logged)), "due"
    words, tone = STATES[SessionState(session.state)]
    return str(words), tone


def line(session: Facilitation) -> str:
    """A session in one line, as the academy reads it when a certificate is asked for."""
    what = {"day": i18n.long_date(session.at), "title": session.title, "hours": hours(session.logged or 0)}
    if session.cohort:
        return _("%(day)s: %(title)s, for %(cohort)s (%(hours)s)", cohort=session.cohort, **what)
    return _("%(day)s: %(title)s (%(hours)s)", **what)


def lines(sessions: Iterable[Facilitation]) -> list[str]:
    """These sessions, a line each."""
    return [line(each) for each in sessions]
