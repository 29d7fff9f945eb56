"""The shape of work that is handed in, of marks for it, of talk about it, and of learners' reviews."""

from collections.abc import Sequence
from typing import TypeVar, cast

from wtforms import Field, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import Optional

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.file_forms import UploadField
from academy.web.forms import Form, ProseField, refuse
from academy.web.plain_fields import WholeField
from courses.catalogue.questions import Criterion
from courses.tasks.models import Work

RETURN, MARK = "return", "mark"
LEVELS = (
    SelectChoice(3, _l("It helped me much")),
    SelectChoice(2, _l("It helped me somewhat")),
    SelectChoice(1, _l("It helped me little")),
)
Rubric = TypeVar("Rubric", bound="PointsForm")


class WorkForm(Form):
    """A learner's text and one more file."""

    text = ProseField(_l("Your work"), most=40_000, required=False)
    file = UploadField(_l("Add a file"))
    remove = StringField()

    def removed(self) -> int | None:
        """The file that is to be taken away."""
        typed = self.remove.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("10000000000000000") else None


class MessageForm(Form):
    """One line of a talk."""

    message = ProseField(_l("Your message"), most=4000)


class LevelField(RadioField):
    """The levels of a criterion, each with what it earns."""

    def __init__(self, label: str, *, criterion: Criterion, **kwargs: object) -> None:
        self.hints = {str(level.points): level.text for level in criterion.levels if level.text}
        choices = [
            SelectChoice(
                level.points, _("%(level)s – %(points)s", level=level.title, points=_points_words(level.points))
            )
            for level in criterion.levels
        ]
        super().__init__(label, choices=choices, coerce=_whole, validate_choice=False, **kwargs)  # type: ignore[arg-type]


def _points_words(points: int) -> str:
    return _("%(points)s points", points=points)


def _whole(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else None


class PointsForm(Form):
    """The fields for points are added for each criterion by `rubric_form`."""

    def point_fields(self) -> list[Field]:
        """The fields for points in the order of the rubric."""
        return [field for field in self if isinstance(field, WholeField | LevelField)]

    def points(self, criteria: Sequence[Criterion]) -> dict[str, float]:
        """The points given, by criterion id."""
        return {each.id: field.data or 0 for each, field in zip(criteria, self.point_fields(), strict=True)}

    def fill(self, points: dict[str, float], criteria: Sequence[Criterion]) -> None:
        """Show points that were given before."""
        for each, field in zip(criteria, self.point_fields(), strict=True):
            given = points.get(each.id)
            field.data = None if given is None else int(given)

    def all_given(self) -> bool:
        """Whether there are points for everything; says so beside each field where there are none."""
        for field in self.point_fields():
            if field.data is None:
                field.errors = [_("Please give points for this.")]
        return not self.errors


class RubricForm(PointsForm):
    """A trainer's marks and comment."""

    comment = ProseField(
        _l("What you want to say to the learner"),
        description=_l("What is good, what is missing, what to do next."),
        most=8000,
        required=False,
    )
    version = HiddenField()
    decision = StringField()

    def begin(self, work: Work, criteria: Sequence[Criterion]) -> None:
        """Show what was given before, if anything was."""
        self.comment.data, self.version.data = work.comment, str(work.revision)
        self.fill(work.points, criteria)

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
        return not self.errors if self.returns else self.all_given()


class ReviewForm(PointsForm):
    """What a learner says of another's work."""

    comment = ProseField(
        _l("What you want to say to the author"),
        description=_l("Say one thing that is good, one that is missing, and what you would change."),
        most=8000,
    )

    def complete(self) -> bool:
        """Whether there are points for everything and a comment."""
        return self.validate_on_submit() and self.all_given()


class HelpfulForm(Form):
    """How much a review helped the author."""

    helpful = RadioField(_l("Did this help you?"), choices=LEVELS, coerce=_whole)


def rubric_form(criteria: Sequence[Criterion], shape: type[Rubric]) -> Rubric:
    """The form for points on this rubric."""
    fields = {f"points_{place}": _points(each) for place, each in enumerate(criteria)}
    return cast("Rubric", type("MarkForm", (shape,), fields)())


def _points(criterion: Criterion) -> Field:
    def within(_form: Form, field: Field) -> None:
        if not 0 <= (field.data or 0) <= criterion.points:
            raise refuse(_("Please give points from 0 to %(most)s.", most=criterion.points))

    def a_level(_form: Form, field: Field) -> None:
        if field.data not in {level.points for level in criterion.levels}:
            raise refuse(_("Please choose one of the levels."))

    label = _("%(criterion)s: points out of %(most)s", criterion=criterion.title, most=criterion.points)
    if criterion.levels:
        return LevelField(label, criterion=criterion, description=criterion.text, validators=[Optional(), a_level])
    return WholeField(label, description=criterion.text, validators=[Optional(), within])
