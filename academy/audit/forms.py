"""What an admin narrows the log by."""

from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, LineField


class FilterForm(Form):
    """An act, a subject, or both."""

    action = LineField(_l("Act"), most=32, required=False, description=_l("A word or its beginning, for example role."))
    subject = LineField(_l("On what"), most=255, required=False, description=_l("For example member:12."))
