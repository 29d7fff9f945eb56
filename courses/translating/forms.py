"""The shape of what is chosen and sent about languages."""

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired

from academy.i18n import lazy_gettext as _l
from academy.web.file_forms import UploadField
from academy.web.forms import Form


class LanguageForm(Form):
    """A language that a course is to have."""

    language = SelectField(_l("Language"))

    def offer(self, languages: Sequence[tuple[str, str]]) -> None:
        """Let one of these languages be chosen: pairs of code and name."""
        self.language.choices = [SelectChoice(code, name) for code, name in languages]


class XliffForm(Form):
    """What came back from translators."""

    file = UploadField(
        _l("XLIFF file"),
        description=_l("Version 1.2, 2 MB at most. It becomes a step of the draft that can be taken back."),
        validators=[DataRequired(message=_l("Please choose a file."))],
    )
