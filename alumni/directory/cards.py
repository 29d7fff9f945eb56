"""People as the list shows them: of each only what this viewer may see."""

import json
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from alumni.directory.finding import ON_CARDS, SEEN, Row
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


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody in the list before they are drawn: `key` is all that a card of theirs shows this viewer."""

    key: Hashable
    row: Row
    cohorts: Sequence[Cohort]

    def drawn(self) -> Card:
        """Their card, in the language of the page."""
        return _card(self.row, self.cohorts)


def shown_of(session: Session, people: Sequence[Row]) -> list[Shown]:
    """Each of these people, in their order (one query)."""
    cohorts = _cohorts_of(session, [each.member_id for each in people if each.shows("cohort")])
    return [_shown(each, cohorts.get(each.member_id, ())) for each in people]


def _shown(row: Row, cohorts: Sequence[Cohort]) -> Shown:
    # Two of the same key show the same: every value of the row, and which of them this viewer may see.
    said = tuple(row.values)
    seen = tuple(level >= row.away for level in said[len(ON_CARDS) : len(ON_CARDS) + len(SEEN)])
    return Shown((said[: len(ON_CARDS)], seen, tuple(cohorts)), row, cohorts)


def _card(row: Row, cohorts: Sequence[Cohort]) -> Card:
    said = {field: words[:MOST_WORDS] for field, words in json.loads(row.values.said).items() if row.shows(field)}
    return Card(
        person=Byline(row.member_id, row.values.shown_name, row.values.handle, row.get("photo")),
        about=_joined(str(FIELDS.get(row.get("field"), "")), row.get("organisation")),
        where=_joined(row.get("town"), country_name(row.get("country"))),
        cohorts=cohorts,
        languages=[language_name(code) for code in said.get(LANGUAGE, ())],
        skills=said.get(SKILLS, ()),
        offers=[str(TOPICS.get(words, words)) for words in said.get(OFFERS, ())],
    )


def _joined(first: str, second: str) -> str:
    return _("%(first)s, %(second)s", first=first, second=second) if first and second else first or second


def _cohorts_of(session: Session, member_ids: Collection[int]) -> dict[int, list[Cohort]]:
    found = graduates.cohorts_of(session, member_ids) if member_ids else {}
    return {
        number: [Cohort(each.key, cohort_words(each.name, each.year)) for each in theirs]
        for number, theirs in found.items()
    }
