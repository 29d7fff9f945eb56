"""Sections of rows: languages, and links."""

from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

from wtforms import Field, SelectField

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import LineField, hang, said
from alumni.profiles import words
from alumni.profiles.fields import SectionForm, Values, audience_field, chosen, with_nothing

MOST_LANGUAGES, MOST_LINKS, LONGEST_ADDRESS = 10, 6, 500


class RowsForm(SectionForm):
    """A section of rows that have two fields each."""

    rows: ClassVar[tuple[str, str, str, int]]
    """What the section's values, its first and its second fields are called, and how many rows there may be."""

    def pairs(self) -> list[tuple[Field, Field]]:
        """The two fields of each row."""
        _name, first, second, most = self.rows
        return [(self[f"{first}_{place}"], self[f"{second}_{place}"]) for place in range(most)]

    def shown_pairs(self) -> list[tuple[Field, Field]]:
        """The rows a page draws: what is filled in, and two more."""
        pairs = self.pairs()
        filled = [place for place, pair in enumerate(pairs) if any(field.data or field.errors for field in pair)]
        return pairs[: max(filled, default=0) + 3]

    def values(self) -> Values:
        """The rows that were filled in, and the audience."""
        name = self.rows[0]
        filled = [[said(first), said(second)] for first, second in self.pairs() if said(first) or said(second)]
        return {name: filled, f"show_{name}": self[f"show_{name}"].data}

    def fill(self, values: Values) -> None:
        """Show what stands in the profile."""
        super().fill(values)
        for (first, second), row in zip(self.pairs(), values[self.rows[0]], strict=False):
            first.data, second.data = row

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Whether each field is right, and each row whole."""
        fine = super().validate(extra_validators)
        for first, second in self.pairs():
            self.check_row(first, second)
        return fine and not any(field.errors for pair in self.pairs() for field in pair)

    def check_row(self, first: Field, second: Field) -> None:
        """Hang what is wrong with a row on its fields."""


def rows_form(base: type[RowsForm], first: Any, second: Any) -> type[RowsForm]:  # noqa: ANN401  makers of fields
    """A form with the fields of all its rows."""
    _name, one, other, most = base.rows
    places = range(most)
    fields = {f"{one}_{place}": first() for place in places} | {f"{other}_{place}": second() for place in places}
    return type(base.__name__, (base,), fields)


class _LanguagesForm(RowsForm):
    """What somebody speaks."""

    rows = ("languages", "language", "level", MOST_LANGUAGES)
    show_languages = audience_field("languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = with_nothing(words.languages(), _("Choose a language"))
        for language, _level in self.pairs():
            cast("SelectField", language).choices = choices

    def check_row(self, first: Field, second: Field) -> None:
        """A language has a level, and stands there once."""
        if said(first) and not said(second):
            hang(second, _("Please say how well."))
        if said(second) and not said(first):
            hang(first, _("Please choose the language."))
        if said(first) and [said(each) for each, _ in self.pairs()].count(said(first)) > 1:
            hang(first, _("This language stands here twice."))


class _LinksForm(RowsForm):
    """Where else somebody is found."""

    rows = ("links", "words", "address", MOST_LINKS)
    show_links = audience_field("links")

    def check_row(self, first: Field, second: Field) -> None:
        """A link has an address on the open web, and words of its own or its host's."""
        if said(first) and not said(second):
            hang(second, _("Please fill in the address, or clear the words beside it."))
        elif said(second) and not _is_good_address(said(second)):
            hang(second, _("An address begins with https:// and names a site, as in https://example.org/me."))


def _is_good_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    whole = not any(char.isspace() for char in address) and "\\" not in address
    return whole and parts.scheme == "https" and "." in host.strip(".") and "@" not in parts.netloc and port is None


LanguagesForm = rows_form(
    _LanguagesForm,
    lambda: SelectField(_l("Language"), default=""),
    lambda: chosen(_l("How well"), words.LEVELS, _l("Choose")),
)
LinksForm = rows_form(
    _LinksForm,
    lambda: LineField(_l("What it is"), most=80, required=False),
    lambda: LineField(_l("Address"), most=LONGEST_ADDRESS, required=False),
)
