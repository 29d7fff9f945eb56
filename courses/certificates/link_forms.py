"""The form of a link: what it shows, and for how long."""

from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form


class LinkForm(Form):
    """What whoever opens the link sees beside what the code alone tells."""

    name = BooleanField(_l("My name"))
    sheet = BooleanField(_l("The certificate as a PDF and as a picture"), description=_l("My name stands on it."))
    credential = BooleanField(
        _l("The signed credential (Open Badge)"), description=_l("A file for programs; my name is in it.")
    )
    days = RadioField(
        _l("How long the link leads somewhere"),
        [InputRequired(message=REQUIRED)],
        coerce=int,
        default=30,
        choices=[
            SelectChoice(7, _l("7 days")),
            SelectChoice(30, _l("30 days")),
            SelectChoice(365, _l("A year")),
            SelectChoice(0, _l("Until I end it")),
        ],
    )
