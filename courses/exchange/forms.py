"""The shape of a course that is sent in as a zip."""

from wtforms.validators import DataRequired

from academy.i18n import lazy_gettext as _l
from academy.web.file_forms import UploadField
from academy.web.forms import Form
from courses.authoring.forms import SlugField


class ZipForm(Form):
    """A zip for a course that is there."""

    file = UploadField(
        _l("Zip of the course's folder"),
        description=_l("10 MB at most. It becomes the draft: learners see nothing of it until you publish."),
        validators=[DataRequired(message=_l("Please choose a file."))],
    )


class NewZipForm(ZipForm):
    """A zip that is to be a new course."""

    slug = SlugField(_l("Short name in the address"))


class QuestionsForm(Form):
    """Questions from elsewhere."""

    file = UploadField(
        _l("File in GIFT or Moodle XML"),
        validators=[DataRequired(message=_l("Please choose a file."))],
    )
