"""The shape of what is typed about a cohort."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, cast

from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, NumberRange

from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, refuse
from academy.web.plain_fields import FIRST_YEAR, LAST_YEAR, DayField, WholeField


class Facts(TypedDict):
    """What is kept of a cohort, as its services take it."""

    name: str
    year: int
    starts_on: date
    ends_on: date


class CohortForm(Form):
    """A cohort's name and dates."""

    name = LineField(_l("Name"), description=_l("As people say it, for example “Spring intake”."))
    year = WholeField(
        _l("Year"),
        validators=[
            InputRequired(message=REQUIRED),
            NumberRange(FIRST_YEAR, LAST_YEAR, message=_l("Please give a year from %(min)d to %(max)d.")),
        ],
    )
    starts_on = DayField(_l("First day"), validators=[InputRequired(message=REQUIRED)])
    ends_on = DayField(_l("Last day"), validators=[InputRequired(message=REQUIRED)])

    def facts(self) -> Facts:
        """What was typed, once it is valid."""
        days = {"starts_on": self.starts_on.data, "ends_on": self.ends_on.data}
        return cast("Facts", {"name": self.name.data, "year": self.year.data, **days})

    def validate_ends_on(self, field: Field) -> None:
        """A cohort ends after it began."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise refuse(_l("The last day cannot be before the first day."))


class NewCohortForm(CohortForm):
    """A cohort to be made for one of the courses."""

    course = SelectField(_l("Course"), validators=[InputRequired(message=REQUIRED)])

    def offer(self, courses: Sequence[tuple[str, str]]) -> None:
        """Let one of these courses be chosen: pairs of slug and title."""
        self.course.choices = [SelectChoice(slug, title) for slug, title in courses]
