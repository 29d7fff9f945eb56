"""The shape of what trainers write to learners and allow them."""

from collections.abc import Sequence

from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, NumberRange, Optional

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.i18n import percent
from academy.web.forms import REQUIRED, Form, ProseField
from academy.web.plain_fields import DayField

LONGEST = 4000


class NudgeForm(Form):
    """A message."""

    text = ProseField(_l("Your message"), most=LONGEST, description=_l("It is a draft: change it, it is yours."))


class AllowanceForm(Form):
    """What one learner is allowed beyond the others."""

    time_factor = SelectField(_l("Time for quizzes"))
    extra_attempts = IntegerField(
        _l("More attempts at each quiz"),
        default=0,
        validators=[
            InputRequired(message=REQUIRED),
            NumberRange(0, 20, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
    )
    lesson = SelectField(_l("A later day for"))
    until = DayField(
        _l("Until the end of this day"),
        validators=[Optional()],
        description=_l("Left empty, the task has its usual day again."),
    )

    def offer(self, tasks: Sequence[tuple[str, str]]) -> None:
        """Let one of these tasks be chosen: pairs of key and title."""
        self.time_factor.choices = [
            SelectChoice(str(factor), percent(factor)) for factor in (100, 125, 150, 200, 300, 400)
        ]
        self.lesson.choices = [SelectChoice("", _("No task")), *(SelectChoice(key, title) for key, title in tasks)]
