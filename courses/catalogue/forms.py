"""What somebody looks for in the catalogue, as a form."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SearchField, SelectField

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.catalogue.rules import Wish

LONGEST = 80


class WishForm(FlaskForm):
    """The filters; it only reads, so it carries no token."""

    class Meta:
        """A form that is sent by GET."""

        csrf = False

    q = SearchField(_l("Words"), render_kw={"maxlength": LONGEST})
    topic = SelectField(_l("Topic"), validate_choice=False)
    level = SelectField(_l("Level"), validate_choice=False)
    language = SelectField(_l("Language"), validate_choice=False)
    length = SelectField(_l("Length"), validate_choice=False)

    def offer(self, choices: dict[str, list[tuple[str, str]]]) -> None:
        """Fill the lists; what was asked for but is not in them means anything."""
        for field in (self.topic, self.level, self.language, self.length):
            options = choices[field.name]
            field.choices = [("", _("Any")), *options]
            if field.data not in dict(options):
                field.data = ""

    def wish(self) -> Wish:
        """What was asked for."""
        data: dict[str, Any] = {name: (value or "")[:LONGEST] for name, value in self.data.items() if name != "q"}
        return Wish(words=(self.q.data or "")[:LONGEST], **data)
