"""The shape of what is typed about certificates without a course."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, NumberRange

from academy import i18n
from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, ProseField, hang, said
from academy.web.plain_fields import WholeField
from courses.certificates.kinds import Given
from courses.certificates.models import CertificateTemplate
from courses.certificates.standing_words import KINDS
from courses.certificates.templates import Said

MOST_HOURS, MOST_MONTHS = 1000, 120
LONGEST_TITLE, LONGEST_TEXT = 120, 300
MOST_ADDRESSES = 500
_NUMBERS = _l("Please give a number from %(min)d to %(max)d.")


class TemplateForm(Form):
    """A certificate without a course; each language has a title and a text, of which one title is needed."""

    kind = SelectField(_l("What it is given for"), validators=[InputRequired(message=REQUIRED)])
    hours = WholeField(
        _l("Hours; 0 if they are not counted"),
        default=0,
        validators=[InputRequired(message=REQUIRED), NumberRange(0, MOST_HOURS, message=_NUMBERS)],
    )
    months = WholeField(
        _l("Months for which it counts; 0 is without end"),
        default=0,
        validators=[InputRequired(message=REQUIRED), NumberRange(0, MOST_MONTHS, message=_NUMBERS)],
    )
    codes: tuple[str, ...] = ()

    def worded(self) -> list[tuple[i18n.Language, Field, Field]]:
        """The languages with their two fields."""
        return [(i18n.language_of(code), self[f"title_{code}"], self[f"text_{code}"]) for code in self.codes]

    def said(self) -> Said | None:
        """What was typed, once it is valid; None, with an error on the first title, when no language has a title."""
        texts = {
            language.code: {"title": said(title).strip(), "text": said(text).strip()}
            for language, title, text in self.worded()
            if said(title).strip()
        }
        if not texts:
            hang(self[f"title_{self.codes[0]}"], _l("Please write a title in at least one language."))
            return None
        return Said(str(self.kind.data), next(iter(texts)), texts, self.hours.data or 0, self.months.data or 0)


def template_form(template: CertificateTemplate | None, codes: Sequence[str]) -> TemplateForm:
    """The form for these languages, with what a template says."""
    fields: dict[str, object] = {"codes": tuple(codes)}
    for code in codes:
        name = i18n.language_of(code).own_name
        fields[f"title_{code}"] = LineField(
            _l("Title (%(language)s)", language=name), most=LONGEST_TITLE, required=False
        )
        fields[f"text_{code}"] = ProseField(_l("Text (%(language)s)", language=name), most=LONGEST_TEXT, required=False)
    form: TemplateForm = type("WordedTemplateForm", (TemplateForm,), fields)(data=_data(template))
    form.kind.choices = [SelectChoice(kind.value, str(words)) for kind, words in KINDS.items()]
    return form


def _data(template: CertificateTemplate | None) -> Mapping[str, Any]:
    if template is None:
        return {"kind": Given.SERVICE.value}
    worded = {f"{part}_{code}": words for code, each in template.texts.items() for part, words in each.items()}
    return {"kind": template.kind, "hours": template.hours, "months": template.months, **worded}


class GiveForm(Form):
    """Whom a certificate is given to."""

    people = ProseField(
        _l("E-mail addresses"),
        most=40_000,
        description=_l("One a line, or with commas between them. You will see who is found before anything is given."),
    )


class ServiceAnswerForm(Form):
    """The answer to somebody who asks for a certificate of service."""

    template = SelectField(
        _l("Which certificate"),
        validators=[InputRequired(message=REQUIRED)],
        description=_l("The confirmed hours stand on it. Of each kind a person can hold one."),
    )
    answer = ProseField(_l("Answer"), most=1000, required=False, description=_l("Needed when you say no."))

    def offer(self, found: Sequence[tuple[str, str]]) -> None:
        """Let one of these templates be chosen: pairs of number and title."""
        self.template.choices = [SelectChoice(*each) for each in found]
