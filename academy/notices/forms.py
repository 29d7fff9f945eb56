"""How a member wants to be told: for each kind two controls."""

from collections.abc import Mapping
from typing import cast

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.models import AT_ONCE, DAILY, NEVER, NoticeChoice
from academy.web.forms import Form

MAIL_CHOICES = (
    SelectChoice(AT_ONCE, _l("at once")),
    SelectChoice(DAILY, _l("once a day, all in one")),
    SelectChoice(NEVER, _l("never")),
)


class ChoicesForm(Form):
    """The base of the form; its fields depend on the kinds there are."""

    def chosen(self, kind: Kind) -> tuple[bool, str]:
        """Whether the site tells of this kind, and how letters do."""
        return bool(self[_site(kind)].data), str(self[_mail(kind)].data)


def choices_form(kinds: Mapping[str, Kind], choices: Mapping[str, NoticeChoice]) -> ChoicesForm:
    """The form with what holds now filled in."""
    fields: dict[str, object] = {}
    for kind in kinds.values():
        chosen = choices.get(kind.name)
        fields[_site(kind)] = BooleanField(_l("On this site"), default=chosen.on_site if chosen else kind.on_site)
        fields[_mail(kind)] = SelectField(
            _l("By letter"), choices=MAIL_CHOICES, default=chosen.mail if chosen else kind.mail
        )
    return cast("ChoicesForm", type("KnownChoicesForm", (ChoicesForm,), fields)())


def _site(kind: Kind) -> str:
    return f"site-{kind.name}"


def _mail(kind: Kind) -> str:
    return f"mail-{kind.name}"


def controls(form: ChoicesForm, kind: Kind) -> tuple[object, object]:
    """The two controls of one kind, as the template draws them."""
    return form[_site(kind)], form[_mail(kind)]
