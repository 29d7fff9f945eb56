"""The shape of what is typed about a course in the making and the things in it."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import EmailInput

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import COURSE_ROLES, TRAINER
from academy.people.addresses import LONGEST as LONGEST_ADDRESS
from academy.people.standing import ROLE_WORDS
from academy.web.file_forms import UploadField
from academy.web.forms import REQUIRED, Form, LineField, refuse
from courses.catalogue.content import LANGUAGES, Kind, Level
from courses.catalogue.reader.course import MOST_HOURS
from courses.catalogue.reader.keys import LONGEST_SLUG, is_slug
from courses.catalogue.reader.lessons import LONGEST_TITLE
from courses.catalogue.words import KINDS

WRITTEN = (Kind.READING, Kind.QUIZ, Kind.TASK, Kind.SCENARIO, Kind.SESSION)
NOT_A_SLUG = _l("Please use small Latin letters, digits and single hyphens, for example “early-warning”.")


def _slug(_form: Form, field: Any) -> None:  # noqa: ANN401  any field
    if field.data and not is_slug(field.data):
        raise refuse(NOT_A_SLUG)


class SlugField(LineField):
    """Part of an address, which never changes again; left empty it is made from the title."""

    def __init__(self, label: Any, hint: Text = "", **kwargs: Any) -> None:  # noqa: ANN401
        usual = _l("Left empty, it is made from the title. It never changes. Small Latin letters, digits and hyphens.")
        super().__init__(
            label, most=LONGEST_SLUG, required=False, validators=[_slug], description=hint or usual, **kwargs
        )


class NewCourseForm(Form):
    """A course that is about to be begun."""

    title = LineField(_l("Title"), most=LONGEST_TITLE)
    slug = SlugField(_l("Short name in the address"))
    summary = LineField(_l("One sentence for the catalogue"), most=300)
    language = SelectField(_l("Language it is written in"))
    level = SelectField(_l("Level"))
    hours = IntegerField(
        _l("Hours a learner needs"),
        default=4,
        validators=[
            InputRequired(message=REQUIRED),
            NumberRange(1, MOST_HOURS, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
    )

    def offer(self, languages: Sequence[tuple[str, str]], levels: Sequence[tuple[Level, str]]) -> None:
        """Let one of these languages and levels be chosen: pairs of code and name."""
        self.language.choices = [SelectChoice(code, name) for code, name in languages if code in LANGUAGES]
        self.level.choices = [SelectChoice(level.value, name) for level, name in levels]


class NewModuleForm(Form):
    """A module to be added at the end."""

    title = LineField(_l("Title of the module"), most=LONGEST_TITLE)
    slug = SlugField(_l("Short name in the address"))


class NewLessonForm(Form):
    """A lesson to be added at the end of a module."""

    title = LineField(_l("Title of the lesson"), most=LONGEST_TITLE)
    slug = SlugField(_l("Short name in the address"))
    kind = RadioField(_l("What it asks of the learner"), default=Kind.READING.value)
    module = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind.value, str(KINDS[kind])) for kind in WRITTEN]


class RetitleForm(Form):
    """Another title."""

    title = LineField(_l("Title"), most=LONGEST_TITLE)


class MoveForm(Form):
    """Another module for a lesson."""

    module = SelectField(_l("Move to the end of"))

    def offer(self, modules: Sequence[tuple[str, str]]) -> None:
        """Let one of these modules be chosen: pairs of name and title."""
        self.module.choices = [SelectChoice(name, title) for name, title in modules] or [SelectChoice("", _("None"))]


class PartForm(Form):
    """Somebody who is to have a part in a course."""

    email = LineField(_l("Their e-mail address"), most=LONGEST_ADDRESS, widget=EmailInput())
    role = RadioField(_l("Part"), default=TRAINER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice(name, str(ROLE_WORDS[name])) for name in COURSE_ROLES]


class UploadForm(Form):
    """A picture or a document for the course."""

    file = UploadField(
        _l("File"),
        description=_l("A picture, a PDF or an MP3, 10 MB at most. Pictures are made small; hidden facts are removed."),
        validators=[DataRequired(message=_l("Please choose a file."))],
    )
    slug = SlugField(
        _l("Name in the course"),
        hint=_l("Left empty, the name of the file. It never changes. Small Latin letters, digits and hyphens."),
    )
