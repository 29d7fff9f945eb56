"""The shape of what is typed while marking."""

from collections.abc import Collection, Sequence

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, ProseField
from courses.marking.models import SavedComment
from courses.marking.queries import Wanted
from courses.tasks.forms import RubricForm
from courses.tasks.models import Quality

INSERT, MARK_NEXT = "insert", "mark-next"
SHOWN = 80


class MarkerForm(RubricForm):
    """Marks, with comments that were kept earlier."""

    saved = SelectField(_l("Comments you kept"), validate_choice=False)
    keep = BooleanField(_l("Keep this comment for other works in this course"))

    def offer(self, comments: Sequence[SavedComment]) -> None:
        """Fill the list of comments."""
        kept = [SelectChoice(str(each.id), _short(each.text), {"data-words": each.text}) for each in comments]
        self.saved.choices = [SelectChoice("", _("Choose a comment")), *kept]

    @property
    def inserts(self) -> bool:
        """Whether a comment is to be put into the field, and nothing else."""
        return bool(self.decision.data == INSERT)

    @property
    def goes_on(self) -> bool:
        """Whether the next piece of work is wanted afterwards."""
        return bool(self.decision.data == MARK_NEXT)

    def insert(self, comments: Sequence[SavedComment]) -> None:
        """Put the chosen comment below what is there."""
        chosen = next((each.text for each in comments if str(each.id) == self.saved.data), "")
        self.comment.data = "\n\n".join(filter(None, [self.comment.data, chosen]))
        self.saved.data = ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


class NarrowForm(Form):
    """What the queue is narrowed to."""

    class Meta:
        """A form that is sent by GET."""

        csrf = False

    course = SelectField(_l("Course"), validate_choice=False)
    lesson = SelectField(_l("Lesson"), validate_choice=False)
    cohort = SelectField(_l("Cohort"), validate_choice=False)
    late = SelectField(_l("Time"), validate_choice=False)

    def offer(self, choices: dict[str, list[tuple[str, str]]]) -> None:
        """Fill the lists; what was asked for but is not in them means anything."""
        self._offered = {name for name, values in choices.items() if values}
        for field in (self.course, self.lesson, self.cohort, self.late):
            field.choices = [("", _("All")), *choices[field.name]]
            if field.data not in {value for value, _words in choices[field.name]}:
                field.data = ""

    def offered(self) -> Collection[str]:
        """The names of the lists with anything to choose."""
        return self._offered

    def wanted(self) -> Wanted:
        """The same for the queue."""
        return Wanted(self.course.data or "", self.lesson.data or "", int(self.cohort.data or 0), bool(self.late.data))

    def arguments(self) -> dict[str, str]:
        """The same for addresses."""
        found = {field.name: field.data for field in (self.course, self.lesson, self.cohort, self.late)}
        return {name: value for name, value in found.items() if value}


class CommentForm(Form):
    """A comment to be kept."""

    text = ProseField(_l("A comment to keep"), most=4000)


class QualityForm(Form):
    """What a trainer thinks of a learner's review."""

    quality = RadioField(
        _l("This review"),
        choices=[
            SelectChoice(Quality.GOOD.value, _l("is good")),
            SelectChoice(Quality.POOR.value, _l("does not count")),
        ],
    )
