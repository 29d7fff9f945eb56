"""The shape of what trainers write to learners."""

from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, ProseField

LONGEST = 4000


class NudgeForm(Form):
    """A message."""

    text = ProseField(_l("Your message"), most=LONGEST, description=_l("It is a draft: change it, it is yours."))
