"""The shape of what is typed about earlier graduates."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import IntegerField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import NumberInput

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.forms import AddressField, new_password
from academy.web.file_forms import UploadField
from academy.web.forms import REQUIRED, Form, LineField, refuse
from academy.web.plain_fields import WholeField
from alumni.graduates import columns
from alumni.graduates.lines import FIRST_YEAR

KINDS: dict[str, Text] = {
    columns.NOTHING: _l("Nothing we need"),
    columns.NAME: _l("Full name"),
    columns.GIVEN: _l("Given name"),
    columns.FAMILY: _l("Family name"),
    columns.EMAIL: _l("E-mail address"),
    columns.COHORT: _l("Cohort"),
    columns.YEAR: _l("Year"),
    columns.COUNTRY: _l("Country"),
}


class YearField(WholeField):
    """A year in which somebody can have finished."""

    def __init__(self, label: Any, *, required: bool, **kwargs: Any) -> None:  # noqa: ANN401
        needed = InputRequired(message=REQUIRED) if required else Optional()
        within = NumberRange(FIRST_YEAR, 2100, message=_l("Please give a year from %(min)d to %(max)d."))
        super().__init__(label, validators=[needed, within], widget=NumberInput(min=FIRST_YEAR, max=2100), **kwargs)


class UploadForm(Form):
    """A table of graduates."""

    file = UploadField(
        _l("Table"),
        description=_l("XLSX, ODS, XLS or CSV. Each row has a name, a year and, where you have it, an e-mail address."),
        validators=[InputRequired(message=_l("Choose a file first."))],
        render_kw={"accept": ".xlsx,.ods,.xls,.csv,.txt"},
    )


class ColumnsForm(Form):
    """What stands in each column, and what holds for rows that do not say it."""

    cohort = LineField(_l("Cohort of rows that name none"), required=False)
    year = YearField(_l("Year of rows that name none"), required=False)

    def chosen(self, width: int, sent: Mapping[str, str]) -> list[str]:
        """What was chosen for each column; nothing for what was not sent as it should be."""
        kinds = [sent.get(f"column-{place}", columns.NOTHING) for place in range(width)]
        return [kind if kind in KINDS else columns.NOTHING for kind in kinds]


def fault_of(chosen: Sequence[str]) -> str:
    """What is wrong with a choice of columns; '' when nothing is."""
    named = [kind for kind in chosen if kind]
    if len(named) != len(set(named)):
        return _("Two columns cannot hold the same. Choose “Nothing we need” for one of them.")
    if not {columns.NAME, columns.GIVEN, columns.FAMILY} & set(named):
        return _("Say in which column the names are.")
    return ""


class GraduateForm(Form):
    """One earlier graduate, written or corrected by hand."""

    name = LineField(_l("Full name"))
    email = AddressField(_l("E-mail address"), required=False)
    cohort = LineField(_l("Cohort"), required=False, description=_l("Leave it empty if the year says enough."))
    year = YearField(_l("Year"), required=True)
    country = SelectField(_l("Country"))

    def __init__(self, *args: Any, countries: Sequence[tuple[str, str]], this_year: int, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.country.choices = [SelectChoice("", _("Not known")), *(SelectChoice(*each) for each in countries)]
        self.this_year = this_year

    def validate_year(self, field: IntegerField) -> None:
        """Nobody has finished in a year to come."""
        if field.data is not None and field.data > self.this_year:
            raise refuse(_l("This year is still to come."))


class AccountForm(Form):
    """What a new account needs beside the address, which the letter has shown."""

    display_name = LineField(
        _l("Name shown to others"), description=_l("As you wish to be called here. It need not be your full name.")
    )
    password = new_password(_l("Password"))
