"""The shape of what people type about certificates."""

from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, ProseField, refuse
from courses.certificates.codes import ALPHABET, LENGTH, symbols
from courses.certificates.models import WithdrawClass
from courses.certificates.names import LONGEST_NAME, printable
from courses.certificates.printing import strange_letters


class CodeForm(Form):
    """A code typed from paper."""

    code = LineField(
        _l("Code on the certificate"),
        most=60,
        description=_l(
            "Sixteen letters and digits, such as 7F3K-92QD-X1MB-4TGH. Capitals, spaces and hyphens do not matter."
        ),
    )

    def validate_code(self, field: Field) -> None:
        """Say what is wrong with the code before it is looked up."""
        found = symbols(field.data or "")
        strange = "".join(dict.fromkeys(char for char in found if char not in ALPHABET))
        if len(found) != LENGTH:
            raise refuse(
                _l(
                    "A code has %(need)d letters and digits. This one has %(have)d. Please compare it with the paper.",
                    need=LENGTH,
                    have=len(found),
                )
            )
        if strange:
            raise refuse(_l("These do not occur in codes: %(signs)s. Please compare it with the paper.", signs=strange))


class HolderNameForm(Form):
    """The name as it is written on the paper."""

    name = LineField(
        _l("Name written on the paper"),
        most=200,
        description=_l("Capitals, accents and hyphens do not matter. We answer only whether it is the same name."),
    )


class PrintedNameForm(Form):
    """How somebody's name is written on their certificates."""

    legal_name = LineField(
        _l("Name on my certificates"),
        most=LONGEST_NAME,
        description=_l("Exactly as it should be printed, in any script. Other members do not see it."),
    )

    second_name = LineField(
        _l("The same name in another script"),
        most=LONGEST_NAME,
        required=False,
        description=_l("If you want both, for example Cyrillic and Latin. It stands below the first one."),
    )

    def validate_legal_name(self, field: Field) -> None:
        """Refuse what would print as nothing."""
        _check_letters(field)

    def validate_second_name(self, field: Field) -> None:
        """Refuse the same, and the same name twice."""
        if field.data:
            _check_letters(field)
        if field.data and printable(field.data) == printable(self.legal_name.data or ""):
            raise refuse(_l("This is the same name in the same script. Leave it empty if one is enough."))


def _check_letters(field: Field) -> None:
    if not any(char.isalpha() for char in printable(field.data or "")):
        raise refuse(_l("Please write your name with letters."))
    if letters := strange_letters(field.data):
        raise refuse(_l("We have no font for these letters of the name: %(letters)s", letters=letters))


class WhoForm(Form):
    """Whose certificates are looked at."""

    course = SelectField(_l("Course"))
    tier = SelectField(_l("Certificate"))
    cohort = SelectField(_l("Cohort"))
    show = SelectField(_l("People"))


class IssueForm(Form):
    """Who of those who are eligible is given a certificate."""

    members = SelectMultipleField(
        _l("Give a certificate to"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class ExceptionForm(Form):
    """Why somebody is given a certificate although something is open."""

    reason = ProseField(
        _l("Reason for the exception"),
        most=1000,
        description=_l("It is kept with the certificate and in the audit log. The public does not see it."),
    )


class WithdrawForm(Form):
    """Why a certificate no longer stands."""

    reason = RadioField(
        _l("Reason that the public learns"),
        [DataRequired(message=REQUIRED)],
        choices=[
            SelectChoice(WithdrawClass.ERROR.value, _l("It was issued by mistake")),
            SelectChoice(WithdrawClass.MISCONDUCT.value, _l("The rules of the academy were broken")),
            SelectChoice(WithdrawClass.SUPERSEDED.value, _l("A newer certificate takes its place")),
            SelectChoice(WithdrawClass.REQUEST.value, _l("Its holder asked for it")),
        ],
    )
    words = ProseField(_l("Note for the academy"), most=2000, required=False, description=_l("Only admins read it."))


class ReissueForm(PrintedNameForm):
    """How the name is to be written from now on, and why."""

    words = ProseField(_l("Note for the academy"), most=1000, required=False, description=_l("Only admins read it."))


class RenewalForm(Form):
    """Why a certificate counts on."""

    words = ProseField(
        _l("What speaks for it"), most=1000, required=False, description=_l("Only admins read it, in the history.")
    )


class WrongNameForm(PrintedNameForm):
    """How a holder wants to be written."""

    words = ProseField(
        _l("Anything we should know"), most=1000, required=False, description=_l("For example which document says so.")
    )


class RenewalWishForm(Form):
    """Why a holder wants the certificate to count on."""

    words = ProseField(
        _l("What you did since then"),
        most=1000,
        required=False,
        description=_l("For example work in which you used it, or another course."),
    )


class AnswerForm(PrintedNameForm):
    """The answer to a holder's request; the name is the one that will be printed."""

    answer = ProseField(
        _l("Answer to the holder"), most=1000, required=False, description=_l("Needed when you say no.")
    )
