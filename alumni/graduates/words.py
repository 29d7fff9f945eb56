"""What states, outcomes and faults of earlier graduates are called."""

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from alumni.graduates import models
from alumni.graduates.lines import Fault
from alumni.graduates.outcomes import Judged, Outcome

STATES: dict[str, Text] = {
    models.LISTED: _l("Not invited yet"),
    models.WAITING: _l("A letter goes out soon"),
    models.INVITED: _l("Invited"),
    models.CONFIRMED: _l("Confirmed"),
    models.REFUSED: _l("Said that it is not them"),
    models.WITHDRAWN: _l("Taken back"),
}
TONES = {models.INVITED: "due", models.WAITING: "due", models.CONFIRMED: "done", models.REFUSED: "wrong"}
OUTCOMES: dict[Outcome, Text] = {
    Outcome.FAULTY: _l("With faults"),
    Outcome.MAYBE: _l("Perhaps there already"),
    Outcome.NEW: _l("New"),
    Outcome.COMPLETES: _l("Get an address"),
    Outcome.TWICE: _l("Twice in the table"),
    Outcome.KNOWN: _l("Known"),
}
FAULTS: dict[Fault, Text] = {
    Fault.NO_NAME: _l("There is no name in this row."),
    Fault.NAME_TOO_LONG: _l("This name is too long."),
    Fault.NO_YEAR: _l("There is no year in this row."),
    Fault.WRONG_YEAR: _l("This is no year in which somebody can have finished."),
    Fault.NO_ADDRESS_INSIDE: _l("This is no e-mail address."),
    Fault.UNKNOWN_COUNTRY: _l("No country is known by this name."),
}
REASONS: dict[Outcome, Text] = {
    Outcome.MAYBE: _l("Somebody with this name and year is known, with another address or in another cohort."),
    Outcome.COMPLETES: _l("Is on the list without an address."),
    Outcome.KNOWN: _l("Is on the list already."),
}


def why(verdict: Judged) -> str:
    """Why a row is judged as it is, in a sentence; '' for what is simply new."""
    if verdict.line.fault is not None:
        return str(FAULTS[verdict.line.fault])
    if verdict.like_row is not None:
        return _like_row(verdict, verdict.like_row)
    if verdict.outcome is Outcome.KNOWN and verdict.like is None:
        return _("Has an account and took a course here in that year.")
    return str(REASONS.get(verdict.outcome, ""))


def _like_row(verdict: Judged, row: int) -> str:
    if verdict.outcome is Outcome.TWICE:
        return _("The same person as in row %(row)d.", row=row)
    return _("The name and year of row %(row)d, but not its address.", row=row)
