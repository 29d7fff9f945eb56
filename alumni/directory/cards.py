"""People as the list shows them: of each only what this viewer may see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from academy.i18n import gettext as _
from alumni.directory.finding import LISTED, Person
from alumni.directory.models import LANGUAGE, OFFERS, SKILLS
from alumni.graduates import queries as graduates
from alumni.profiles.queries import Byline
from alumni.profiles.showing import cohort_words
from alumni.profiles.topics import TOPICS
from alumni.profiles.words import FIELDS, country_name, language_name

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort as a card names it; its key leads to the others of it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody in the list. Whatever the viewer may not see is empty."""

    person: Byline
    about: str
    where: str
    cohorts: Sequence[Cohort]
    languages: Sequence[str]
    skills: Sequence[str]
    offers: Sequence[str]


def card_of(person: Person) -> Card:
    """The card of somebody who was found, in the language of the page."""
    said = _said(person)
    return Card(
        person=Byline(person.member_id, person.name, person.handle, person.photo),
        about=_joined(str(FIELDS.get(person.field, "")), person.organisation),
        where=_joined(person.town, country_name(person.country)),
        cohorts=[
            Cohort(each.key, cohort_words(each.name, each.year))
            for each in graduates.cohorts_in(person.course_cohorts, person.past_cohorts)
        ],
        languages=[language_name(code) for code in said.get(LANGUAGE, ())],
        skills=said.get(SKILLS, ()),
        offers=[str(TOPICS.get(words, words)) for words in said.get(OFFERS, ())],
    )


def _said(person: Person) -> dict[str, list[str]]:
    """What somebody says of the fields with several values, as far as it may be seen."""
    every: dict[str, list[str]] = json.loads(person.said)
    seen = [field for place, field in enumerate(LISTED) if person.seen >> place & 1]
    return {field: every[field][:MOST_WORDS] for field in seen if field in every}


def _joined(first: str, second: str) -> str:
    return _("%(first)s, %(second)s", first=first, second=second) if first and second else first or second
