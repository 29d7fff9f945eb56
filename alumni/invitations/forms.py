"""The shape of what is asked and answered about a place."""

from typing import Any

from wtforms import RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, ProseField, refuse
from alumni.graduates.forms import YearField


class ClaimForm(Form):
    """Somebody says that they finished earlier."""

    name = LineField(
        _l("Your name at that time"), description=_l("Only the coordinator sees it, and forgets it with you.")
    )
    year = YearField(_l("Year in which you finished"), required=True)
    cohort = LineField(_l("Cohort"), required=False, description=_l("Leave it empty if the year says enough."))
    code = LineField(
        _l("Code of your certificate"), most=40, required=False, description=_l("If you have one: it is printed on it.")
    )
    words = ProseField(
        _l("What helps to recognise you"),
        most=1000,
        required=False,
        description=_l("A session, a trainer, a task: something that only somebody who was there knows."),
    )

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.this_year = this_year

    def validate_year(self, field: YearField) -> None:
        """Nobody has finished in a year to come."""
        if field.data is not None and field.data > self.this_year:
            raise refuse(_l("This year is still to come."))


class AnswerForm(Form):
    """The coordinator's answer."""

    decision = RadioField(_l("Answer"), validators=[InputRequired(message=REQUIRED)])
    words = ProseField(_l("Words to them"), most=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.decision.choices = [
            SelectChoice("give", _("They are a graduate: give them their place")),
            SelectChoice("decline", _("They are not, or it cannot be seen")),
        ]
