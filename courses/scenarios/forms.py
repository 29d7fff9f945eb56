"""The shape of what is sent from a scene."""

from wtforms import HiddenField
from wtforms.validators import Length

from academy.web.forms import Form
from academy.web.plain_fields import WholeField


class StepForm(Form):
    """At which place of the way somebody stands, and where they want to go (nothing: stand there again)."""

    place = WholeField()
    target = HiddenField(validators=[Length(max=64)])
