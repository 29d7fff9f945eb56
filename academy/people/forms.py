"""The shape of what people type about their accounts."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from wtforms import BooleanField, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, EmailInput, ListWidget

from academy import i18n, zones
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.moments import city_of
from academy.people.addresses import LONGEST as LONGEST_ADDRESS
from academy.people.addresses import NotAnAddress, key_of
from academy.people.password_rules import LONGEST as LONGEST_PASSWORD
from academy.people.password_rules import SHORTEST
from academy.people.password_rules import TOO_LONG as PASSWORD_TOO_LONG
from academy.people.standing import ROLE_WORDS
from academy.web.forms import REQUIRED, Form, LineField, refuse

ZONES = (
    "Asia/Almaty", "Asia/Ashgabat", "Asia/Bishkek", "Asia/Dushanbe", "Asia/Kabul", "Asia/Samarkand", "Asia/Tashkent",
    "Asia/Tehran", "Asia/Karachi", "Asia/Kolkata", "Asia/Dubai", "Asia/Shanghai", "Asia/Ulaanbaatar",
    "Asia/Yekaterinburg", "Europe/Istanbul", "Europe/Moscow", "Europe/Kyiv", "Europe/Warsaw", "Europe/Vienna",
    "Europe/Berlin", "Europe/Zurich", "Europe/London", "America/New_York", "America/Los_Angeles", "UTC",
)  # fmt: skip
LONGEST_CODE = 20


def str_of(text: Text) -> str:
    """A lazy text where only the type of a text is asked for; it stays lazy."""
    return cast("str", text)


class AddressField(LineField):
    """An e-mail address."""

    def __init__(self, label: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(label, most=LONGEST_ADDRESS, widget=EmailInput(), **kwargs)

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401
        """Refuse what cannot be an address."""
        super().pre_validate(form)
        if not self.data:
            return
        try:
            key_of(self.data)
        except NotAnAddress:
            raise refuse(_l("This does not look like an e-mail address, for example name@example.org.")) from None


def _password(label: Any, **kwargs: Any) -> PasswordField:  # noqa: ANN401
    checks = [DataRequired(message=REQUIRED), Length(max=LONGEST_PASSWORD, message=PASSWORD_TOO_LONG)]
    return PasswordField(label, validators=checks, **kwargs)


def new_password(label: Any) -> PasswordField:  # noqa: ANN401
    """The field of a password to be chosen."""
    hint = _l(
        "At least %(number)d characters. Any characters, also spaces: several words are easy to keep in mind.",
        number=SHORTEST,
    )
    return _password(label, description=hint)


class CodeField(StringField):
    """A code typed from a phone or from paper."""

    def __init__(self, label: Any, **kwargs: Any) -> None:  # noqa: ANN401
        checks = [DataRequired(message=REQUIRED), Length(max=LONGEST_CODE)]
        super().__init__(label, validators=checks, render_kw={"autocomplete": "one-time-code"}, **kwargs)


class SignInForm(Form):
    """Address and password."""

    email = AddressField(_l("E-mail address"))
    password = _password(_l("Password"))
    keep = BooleanField(
        _l("Keep me signed in on this device"), description=_l("For 30 days. Only on a device that nobody else uses.")
    )


class CodeForm(Form):
    """The second step of signing in."""

    code = CodeField(_l("Code"), description=_l("The six digits your app shows now, or one of your recovery codes."))


class RegisterForm(Form):
    """A new account."""

    display_name = LineField(
        _l("Name shown to others"), description=_l("As you wish to be called here. It need not be your full name.")
    )
    email = AddressField(_l("E-mail address"), description=_l("We send one letter there to see that it is yours."))
    password = new_password(_l("Password"))


class ForgottenForm(Form):
    """Where to send the letter."""

    email = AddressField(_l("E-mail address"))


class ResetForm(Form):
    """A new password by a mailed link."""

    password = new_password(_l("New password"))


class PasswordForm(Form):
    """A new password while signed in."""

    current = _password(_l("Your password until now"))
    password = new_password(_l("New password"))


class ProveForm(Form):
    """The password once more."""

    password = _password(_l("Password"))


class NameForm(Form):
    """How somebody is called, by others and on certificates."""

    display_name = LineField(_l("Name shown to others"))
    legal_name = LineField(
        _l("Name on certificates"),
        required=False,
        description=_l("As in your documents, in any script. Others see it only on certificates that you show them."),
    )


class AddressForm(Form):
    """A new e-mail address."""

    email = AddressField(_l("New e-mail address"))


class PreferencesForm(Form):
    """How pages and letters suit somebody."""

    language = SelectField(_l("Language of letters"))
    theme = RadioField(
        _l("Colours"),
        choices=[
            SelectChoice("", str_of(_l("As the device is set"))),
            SelectChoice("light", str_of(_l("Light"))),
            SelectChoice("dark", str_of(_l("Dark"))),
        ],
        validators=[Optional()],
    )
    time_zone = SelectField(_l("Time zone"), description=_l("Sessions and deadlines are shown in this time."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, i18n.language_of(code).own_name) for code in i18n.offered()]
        self.time_zone.choices = zone_choices()


def zone_choices() -> list[SelectChoice]:
    """The academy's own zone, then time zones by city, in the reader's language and order."""
    own = SelectChoice("", _("The academy's own: %(city)s", city=city_of(zones.home())))
    named = [SelectChoice(zone, city_of(ZoneInfo(zone))) for zone in ZONES[:-1]]
    return [own, *sorted(named, key=lambda choice: choice.label), SelectChoice("UTC", "UTC")]


class EraseForm(Form):
    """A last look before everything is gone."""

    sure = BooleanField(
        _l("Erase my account and everything in it"),
        validators=[DataRequired(message=_l("Tick this if you are sure."))],
    )
    kept = SelectMultipleField(
        _l("What may stay"),
        choices=[],
        description=_l("What you do not tick goes with the account. You cannot change this later."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class RoleForm(Form):
    """A role for somebody."""

    role = SelectField(_l("Role"), choices=[SelectChoice(name, str_of(words)) for name, words in ROLE_WORDS.items()])
    scope = SelectField(_l("For"), description=_l("Only roles in courses can be for one course."))

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.scope.choices = [SelectChoice(scope, title) for scope, title in [("", _("The whole place")), *scopes]]
