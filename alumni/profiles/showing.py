"""Profiles in words: what a page writes for each field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from academy.i18n import gettext as _
from alumni.profiles import words
from alumni.profiles.models import ProfileTerm
from alumni.profiles.seen import Seen
from alumni.profiles.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Words:
    """A few words on a page; `own` when a member typed them."""

    text: str
    own: bool = False


def in_words(seen: Seen) -> Mapping[str, Sequence[Words]]:
    """The fields of a few words each, by name; those that are empty or hidden are empty."""
    return {
        "cohort": [Words(cohort_words(each.name, each.year), own=True) for each in seen.cohorts],
        "country": _ours(words.country_name(seen.country)),
        "town": _typed(seen.town),
        "languages": [Words(language(each.code, each.level)) for each in seen.languages],
        "field": _ours(str(words.FIELDS.get(seen.field, ""))),
        "organisation": _typed(seen.organisation),
        **{kind: [term_words(term) for term in terms] for kind, terms in seen.terms.items()},
    }


def language(code: str, level: str) -> str:
    """A language and how well somebody speaks it."""
    name, how = words.language_name(code), words.LEVELS.get(level, level)
    return _("%(language)s – %(level)s", language=name, level=how)


def term_words(term: ProfileTerm) -> Words:
    """A skill, an offer or a wish: a topic of ours, or the member's own words."""
    return Words(term.words, own=True) if term.words else Words(str(TOPICS.get(term.key, term.key)))


def cohort_words(name: str, year: int) -> str:
    """A cohort's name and its year, the year once."""
    return name if str(year) in name else _("%(cohort)s, %(year)s", cohort=name, year=year)


def _ours(text: str) -> list[Words]:
    return [Words(text)] if text else []


def _typed(text: str) -> list[Words]:
    return [Words(text, own=True)] if text else []
