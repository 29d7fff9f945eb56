"""The shape of what members type into their profile."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Regexp

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.file_forms import UploadField
from academy.web.forms import Form, LineField, ProseField
from academy.web.plain_fields import PicksField
from alumni.profiles import words
from alumni.profiles.fields import LinesField, SectionForm, Values, audience_field, chosen, with_nothing
from alumni.profiles.row_forms import LanguagesForm, LinksForm
from alumni.profiles.topics import TOPICS, topic_choices

MOST_SKILLS, MOST_OWN, LONGEST_STORY = 20, 8, 4000


class NameForm(SectionForm):
    """By which name somebody is known, and to whom."""

    pen_name = LineField(
        _l("Pen name"),
        most=80,
        required=False,
        description=_l(
            "If you fill this in, the network knows you by it alone. Leave it empty to be known by your own."
        ),
    )
    show_name = audience_field("name")


class PhotoForm(SectionForm):
    """Who may see the photo."""

    show_photo = audience_field("photo")


class AcademyForm(SectionForm):
    """Who may see what the academy knows."""

    show_cohort = audience_field("cohort")
    show_record = audience_field("record")


class PlaceForm(SectionForm):
    """Where somebody is."""

    country = SelectField(_l("Country"), default="")
    show_country = audience_field("country")
    town = LineField(_l("Town"), most=80, required=False)
    show_town = audience_field("town")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.country.choices = with_nothing(words.countries(), _("I do not say"))


class WorkForm(SectionForm):
    """What somebody does and knows."""

    field = chosen(_l("Field of work"), words.FIELDS, _l("I do not say"))
    show_field = audience_field("field")
    organisation = LineField(_l("Organisation"), most=120, required=False)
    show_organisation = audience_field("organisation")
    skills = LinesField(_l("Skills"), lines=MOST_SKILLS, description=_l("One on each line, in your own words."))
    show_skills = audience_field("skills")

    def value_of(self, field: Field) -> Any:  # noqa: ANN401
        """Skills are a list."""
        return field.terms() if isinstance(field, LinesField) else super().value_of(field)

    def fill(self, values: Values) -> None:
        """Show what stands in the profile."""
        super().fill({**values, "skills": "\n".join(words for _key, words in values["skills"])})


class StoryForm(SectionForm):
    """Somebody's story."""

    story = ProseField(
        _l("Your story"),
        most=LONGEST_STORY,
        required=False,
        description=_l("Markdown works: an empty line between paragraphs, **bold**, lists, links."),
    )
    show_story = audience_field("story")


class FiguresForm(SectionForm):
    """What is only counted."""

    gender = RadioField(
        _l("Gender"),
        choices=[
            SelectChoice("", _l("I do not say")),
            *(SelectChoice(key, text) for key, text in words.GENDERS.items()),
        ],
        default="",
    )


class HelpForm(SectionForm):
    """What somebody would give, and what they would like."""

    offers = PicksField(_l("I can help with"), choices=topic_choices())
    offers_own = LinesField(_l("Other help I can give"), lines=MOST_OWN, description=_l("One on each line."))
    show_offers = audience_field("offers")
    seeks = PicksField(_l("I am looking for"), choices=topic_choices())
    seeks_own = LinesField(_l("Other things I am looking for"), lines=MOST_OWN, description=_l("One on each line."))
    show_seeks = audience_field("seeks")

    def values(self) -> Values:
        """The topics first, then the member's own words."""
        kinds = {"offers": (self.offers, self.offers_own), "seeks": (self.seeks, self.seeks_own)}
        shown = {"show_offers": self.show_offers.data, "show_seeks": self.show_seeks.data}
        return {kind: self._terms(*fields) for kind, fields in kinds.items()} | shown

    def _terms(self, topics: Field, own: LinesField) -> list[list[str]]:
        chosen = {*(topics.data or ()), *(key for key, _words in own.terms() if key in TOPICS)}
        return [[key, ""] for key in TOPICS if key in chosen] + [term for term in own.terms() if term[0] not in TOPICS]

    def fill(self, values: Values) -> None:
        """Show what stands in the profile."""
        filled = dict(values)
        for kind in ("offers", "seeks"):
            filled[kind] = [key for key, words in values[kind] if not words]
            filled[f"{kind}_own"] = "\n".join(words for _key, words in values[kind] if words)
        super().fill(filled)


FORMS: Mapping[str, type[SectionForm]] = {
    "name": NameForm,
    "photo": PhotoForm,
    "academy": AcademyForm,
    "place": PlaceForm,
    "languages": LanguagesForm,
    "work": WorkForm,
    "story": StoryForm,
    "links": LinksForm,
    "help": HelpForm,
    "figures": FiguresForm,
}
"""The form of each section."""


class PhotoFileForm(Form):
    """A photo."""

    photo = UploadField(
        _l("A photo"),
        description=_l(
            "JPEG, PNG, WebP or AVIF, up to 10 MB. We keep a small square of its middle, and nothing the camera noted."
        ),
    )


class AddressForm(Form):
    """The address of a profile, and whether search engines may keep it."""

    handle = LineField(
        _l("The last part of the address"),
        most=40,
        filters=(lambda typed: (typed or "").lower(),),
        validators=[
            Regexp(
                re.compile(r"[a-z0-9](?:-?[a-z0-9]){2,39}\Z"),
                message=_l("Please use 3 to 40 Latin letters, digits and single hyphens between them."),
            )
        ],
    )
    indexed = BooleanField(_l("Search engines may list my profile"))


class HideForm(Form):
    """Whether to be seen by nobody."""

    hidden = HiddenField()
