"""The shape of work that is handed in, and of a trainer's marks for it."""

from collections.abc import Sequence
from typing import cast

from wtforms import HiddenField, StringField
from wtforms.validators import Optional

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, ProseField, refuse
from courses.catalogue.questions import Criterion
from courses.cohorts.forms import WholeField
from courses.tasks.models import Work

RETURN, MARK = "return", "mark"


class WorkForm(Form):
    """A learner's text."""

    text = ProseField(_l("Your work"), most=40_000)


class RubricForm(Form):
    """A trainer's comment; the fields for points are added for each criterion by `rubric_form`."""

    comment = ProseField(
        _l("What you want to say to the learner"),
        description=_l("What is good, what is missing, what to do next."),
        most=8000,
        required=False,
    )
    version = HiddenField()
    decision = StringField()

    def point_fields(self) -> list[WholeField]:
        """The fields for points in the order of the rubric."""
        return [field for field in self if isinstance(field, WholeField)]

    def begin(self, work: Work, criteria: Sequence[Criterion]) -> None:
        """Show what was given before, if anything was."""
        self.comment.data, self.version.data = work.comment, str(work.revision)
        for each, field in zip(criteria, self.point_fields(), strict=True):
            field.data = work.points.get(each.id)

    def points(self, criteria: Sequence[Criterion]) -> dict[str, int]:
        """The points given, by criterion id."""
        return {each.id: field.data or 0 for each, field in zip(criteria, self.point_fields(), strict=True)}

    @property
    def returns(self) -> bool:
        """Whether the work is to be sent back."""
        return bool(self.decision.data == RETURN)

    def complete(self) -> bool:
        """Whether what the decision needs was given: all points for marks, a comment for sending back."""
        if not self.validate_on_submit():
            return False
        if self.returns and not self.comment.data:
            self.comment.errors = [_("Please tell the learner what to change.")]
        for field in [] if self.returns else self.point_fields():
            if field.data is None:
                field.errors = [_("Please give points for this.")]
        return not self.errors


def rubric_form(criteria: Sequence[Criterion]) -> RubricForm:
    """The form for the marks of a work with this rubric."""
    fields = {f"points_{place}": _points(each) for place, each in enumerate(criteria)}
    return cast("RubricForm", type("MarkForm", (RubricForm,), fields)())


def _points(criterion: Criterion) -> WholeField:
    def within(_form: Form, field: WholeField) -> None:
        if not 0 <= (field.data or 0) <= criterion.points:
            raise refuse(_("Please give points from 0 to %(most)s.", most=criterion.points))

    return WholeField(
        _("%(criterion)s: points out of %(most)s", criterion=criterion.title, most=criterion.points),
        description=criterion.text,
        validators=[Optional(), within],
    )
