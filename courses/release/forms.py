"""The shape of what trainers say about opening."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, NumberRange, Optional

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, hang
from academy.web.plain_fields import DayField, WholeField
from courses.release.models import MOST_SHIFTED

AT_ONCE, ON_A_DAY = "at_once", "on_a_day"
Choices = Sequence[tuple[str, str]]


class OpeningForm(Form):
    """When a lesson or a module opens for somebody."""

    target = SelectField(_l("Lesson or module"))
    when = RadioField(_l("It opens"), default=AT_ONCE)
    opens_on = DayField(_l("Day"), validators=[Optional()], description=_l("It opens at the start of this day."))

    def offer(self, targets: Choices) -> None:
        """Let one of these be chosen: pairs of key (or slug) and title."""
        self.target.choices = [SelectChoice(*each) for each in targets]
        self.when.choices = [SelectChoice(AT_ONCE, _("at once")), SelectChoice(ON_A_DAY, _("on a day"))]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as the library has it
        """Ask for the day where one is meant."""
        good = bool(super().validate(extra_validators))
        if self.when.data == ON_A_DAY and self.opens_on.data is None and not self.opens_on.errors:
            hang(self.opens_on, _("Please say on which day it opens."))
            return False
        return good

    @property
    def day(self) -> date | None:
        """The day that was meant; None is at once."""
        return self.opens_on.data if self.when.data == ON_A_DAY else None


class CohortOpeningForm(OpeningForm):
    """The same for a cohort."""

    cohort = SelectField(_l("Cohort"))

    def of(self, cohorts: Choices) -> None:
        """Let one of these cohorts be chosen: pairs of number and name."""
        self.cohort.choices = [SelectChoice(*each) for each in cohorts]


class ShiftForm(Form):
    """All days of a course, earlier or later for a cohort."""

    shifted = SelectField(_l("Cohort"))
    days = WholeField(
        _l("Days later"),
        validators=[
            InputRequired(message=REQUIRED),
            NumberRange(-MOST_SHIFTED, MOST_SHIFTED, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
        description=_l("With a minus before it they come earlier. 364 days are 52 weeks: the days of the week stay."),
    )

    def of(self, cohorts: Choices) -> None:
        """Let one of these cohorts be chosen: pairs of number and name."""
        self.shifted.choices = [SelectChoice(*each) for each in cohorts]
