"""How somebody wants the letter."""

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired

from academy.i18n import Text, digits
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, said
from alumni.digest import rules
from alumni.digest.models import Frequency

CHOOSE = _l("Please choose one.")
FREQUENCIES: dict[str, Text] = {
    Frequency.NEVER: _l("Never"),
    Frequency.WEEKLY: _l("Every week, on Mondays"),
    Frequency.MONTHLY: _l("Every month, on the first"),
}
HOURS = range(24)


class ChoiceForm(Form):
    """How often, and when not."""

    frequency = RadioField(
        _l("How often shall it come?"), default=Frequency.NEVER.value, validators=[InputRequired(message=CHOOSE)]
    )
    quiet_from = SelectField(_l("Quiet from"), default=str(rules.QUIET_FROM))
    quiet_to = SelectField(
        _l("Quiet until"),
        default=str(rules.QUIET_TO),
        description=_l("In your own time zone. A letter that falls into these hours waits until they are over."),
    )

    def offer(self) -> None:
        """Put the choices in, in the language of the page."""
        self.frequency.choices = [SelectChoice(value, str(words)) for value, words in FREQUENCIES.items()]
        hours = [SelectChoice(str(hour), digits(f"{hour:02}:00")) for hour in HOURS]
        self.quiet_from.choices = self.quiet_to.choices = hours

    @property
    def quiet(self) -> tuple[int, int]:
        """The first hour in which letters wait, and the first in which they do not."""
        return int(said(self.quiet_from)), int(said(self.quiet_to))
