"""Fields that say in plain words what is wrong with a day, an hour or a number; several of a list to tick."""

from typing import Any

from wtforms import DateField, IntegerField, SelectMultipleField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.widgets import CheckboxInput, ListWidget

from academy.i18n import OWN_NAMES
from academy.i18n import gettext as _
from academy.web.forms import refuse

FIRST_YEAR, LAST_YEAR = 2000, 2100


class DayField(DateField):
    """A day of the calendar."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a day as browsers send it, and say in plain words when it is none."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Please write a date as year-month-day, for example 2027-03-01.")) from error

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401
        """Refuse days that no course can have."""
        super().pre_validate(form)
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            raise refuse(_("Please give a year from %(first)d to %(last)d.", first=FIRST_YEAR, last=LAST_YEAR))


class HourField(TimeField):
    """An hour and a minute."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read an hour as browsers send it, and say in plain words when it is none."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Please write a time as hours and minutes, for example 17:30.")) from error


class WholeField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a number, and say in plain words when it is none."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Please write a whole number in digits.")) from error


class PicksField(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def language_choices() -> list[SelectChoice]:
    """Every language we know, by its own name."""
    return [SelectChoice(code, name) for code, name in OWN_NAMES.items()]
