"""What the forms of a profile are made of: who may see a field, short lists, a section as a whole."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from wtforms import Field, HiddenField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, ProseField, refuse, said, tidy_line
from alumni import audiences
from alumni.audiences import Audience
from alumni.profiles.names import key_of

Values = dict[str, Any]
LONGEST_TERM = 60
WHO_MAY: Mapping[str, Text] = {
    "name": _l("Who may see your name"),
    "photo": _l("Who may see your photo"),
    "cohort": _l("Who may see your cohort"),
    "country": _l("Who may see your country"),
    "town": _l("Who may see your town"),
    "languages": _l("Who may see your languages"),
    "field": _l("Who may see your field of work"),
    "organisation": _l("Who may see your organisation"),
    "skills": _l("Who may see your skills"),
    "story": _l("Who may see your story"),
    "links": _l("Who may see your links"),
    "offers": _l("Who may see what you can help with"),
    "seeks": _l("Who may see what you are looking for"),
    "record": _l("Who may see your certificates and thanks"),
}


def audience_field(name: str) -> Any:  # noqa: ANN401  a field that is not bound yet
    """A choice of who may see a field."""
    choices = [SelectChoice(int(each), words) for each, words in audiences.WORDS.items()]
    return SelectField(WHO_MAY[name], choices=choices, coerce=_whole, default=int(Audience.ME))


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text in {"0", "1", "2", "3"} else -1


def chosen(label: Text, names: Mapping[str, Text], nothing: Text) -> Any:  # noqa: ANN401  a field that is not bound yet
    """A choice out of a list of ours, or nothing."""
    choices = [SelectChoice("", nothing), *(SelectChoice(key, text) for key, text in names.items())]
    return SelectField(label, choices=choices, default="")


class SectionForm(Form):
    """A section: `seen` is what stood there when the page was opened, `sure` which fields may open to everyone."""

    seen = HiddenField()
    sure = HiddenField()
    own: ClassVar[tuple[str, ...]] = ("seen", "sure")

    def values(self) -> Values:
        """What was said, in the shape in which a section is read."""
        return {field.name: self.value_of(field) for field in self if field.name not in self.own}

    def value_of(self, field: Field) -> Any:  # noqa: ANN401
        """What was said in one field."""
        return field.data if isinstance(field.data, int) else said(field)

    def fill(self, values: Values) -> None:
        """Show what stands in the profile."""
        for field in self:
            if field.name in values:
                field.data = values[field.name]


def with_nothing(pairs: Iterable[tuple[str, str]], nothing: str) -> list[Any]:
    """The choices of a list, with the one that says nothing first."""
    return [SelectChoice("", nothing), *(SelectChoice(key, text) for key, text in pairs)]


class LinesField(ProseField):
    """Several short things, one on each line."""

    def __init__(self, label: Text, *, lines: int, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(label, required=False, most=lines * (LONGEST_TERM + 2), **kwargs)
        self.lines = lines

    def terms(self) -> list[list[str]]:
        """What was typed as pairs of key and words, each thing once."""
        typed = (tidy_line(line) or "" for line in said(self).splitlines())
        found = {key_of(line): line for line in reversed([each for each in typed if each])}
        return [[key, found[key]] for key in reversed(found) if key]

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401
        """Refuse too many lines, and lines that are too long."""
        del form
        terms = self.terms()
        if len(terms) > self.lines:
            raise refuse(_("Please use at most %(number)s lines.", number=self.lines))
        if any(len(words) > LONGEST_TERM for _key, words in terms):
            raise refuse(_("Please use at most %(number)s characters on each line.", number=LONGEST_TERM))
