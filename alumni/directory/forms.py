"""Whom somebody looks for, as a form and as an address."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, SearchField, SelectField, StringField
from wtforms.form import BaseForm

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import tidy_line
from alumni.directory import filters
from alumni.directory.cards import Cohort
from alumni.directory.rules import LONGEST, NAME, NEWEST, RANKS, Wish
from alumni.profiles.topics import TOPICS
from alumni.profiles.words import countries, languages

Choices = Sequence[tuple[str, Any]]
AT_LEAST = (
    ("", _l("At any level")),
    ("b1", _l("B1 or better")),
    ("b2", _l("B2 or better")),
    ("c1", _l("C1 or better")),
    ("native", _l("As a first language")),
)
SORTS = ((NAME, _l("By name")), (NEWEST, _l("Newest first")))
CODE, COHORT = 2, re.compile(r"[a-z][0-9]{1,15}")
LONGEST_WORDS = 200


class WishForm(FlaskForm):
    """The filters; it only reads, so it carries no token."""

    class Meta:
        """A form that is sent by GET."""

        csrf = False

    q = SearchField(_l("Words"), render_kw={"maxlength": LONGEST_WORDS})
    country = SelectField(_l("Country"), validate_choice=False)
    cohort = SelectField(_l("Cohort"), validate_choice=False)
    language = SelectField(_l("Speaks"), validate_choice=False)
    level = SelectField(_l("How well"), validate_choice=False)
    skill = StringField(_l("Can do"), render_kw={"maxlength": LONGEST})
    offers = SelectField(_l("Can help with"), validate_choice=False)
    sort = SelectField(_l("Order"), validate_choice=False)

    def offer(self, cohorts: Sequence[Cohort]) -> None:
        """Fill the lists."""
        anyone = ("", _("Any"))
        self.country.choices = [anyone, *countries()]
        self.level.choices, self.sort.choices = [*AT_LEAST], [*SORTS]
        self.language.choices = [anyone, *languages()]
        self.cohort.choices = [anyone, *((each.key, each.name) for each in cohorts)]
        self.offers.choices = [anyone, *sorted(((key, str(words)) for key, words in TOPICS.items()), key=_by_words)]

    @property
    def fields(self) -> list[Field]:
        """The fields in their order; the cohort only for those who have one."""
        shown = [self.country, self.language, self.level, self.skill, self.offers, self.cohort, self.sort]
        return [each for each in shown if each is not self.cohort or len(self.cohort.choices or ()) > 1]


def more_fields(said: MultiDict[str, str]) -> list[Field]:
    """The fields of filters that other features added."""
    anyone = ("", _("Any"))
    known = filters.everything()
    made: dict[str, Any] = {name: SelectField(str(each.label), validate_choice=False) for name, each in known.items()}
    form = BaseForm(made)
    for name, each in known.items():
        cast("SelectField", form[name]).choices = [anyone, *each.choices]
    form.process(said)
    return list(form)


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1]


def wish_of(said: Mapping[str, str]) -> Wish:
    """What an address asks for; what no filter knows is left out."""
    given = {name: (tidy_line(said.get(name)) or "")[:LONGEST] for name in ("skill", "offers")}
    cohort = said.get("cohort") or ""
    country, language, level = said.get("country", ""), said.get("language", ""), said.get("level", "")
    return Wish(
        words=(tidy_line(said.get("q")) or "")[:LONGEST_WORDS],
        cohort=cohort if COHORT.fullmatch(cohort) else "",
        country=country if len(country) == CODE and country.isascii() and country.isupper() else "",
        language=language if language.isascii() and language.isalpha() and len(language) <= CODE + 1 else "",
        level=level if level in RANKS and language else "",
        more=filters.chosen(said),
        sort=NEWEST if said.get("sort") == NEWEST else NAME,
        **given,
    )
