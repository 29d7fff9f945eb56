"""What narrows a list, in words."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from academy.i18n import gettext as _
from alumni.directory import filters
from alumni.directory.forms import AT_LEAST
from alumni.directory.rules import Wish
from alumni.profiles.topics import TOPICS
from alumni.profiles.words import country_name, language_name


@dataclass(frozen=True, slots=True)
class Set:
    """A filter that is set, in words, and the address of the list without it."""

    words: str
    without: str


def filters_set(wish: Wish, cohort: str) -> list[Set]:
    """The filters of this wish in their order; `cohort` is what the cohort asked for is called."""
    return [Set(words, _without(wish, name)) for name, words in sentences(wish, cohort).items()]


def sentences(wish: Wish, cohort: str) -> dict[str, str]:
    """What each filter of this wish says, by its name."""
    said = {
        "country": wish.country and country_name(wish.country),
        "language": wish.language and _spoken(wish),
        "skill": wish.skill and _("Can do: %(skill)s", skill=wish.skill),
        "offers": wish.offers and _("Helps with: %(topic)s", topic=str(TOPICS.get(wish.offers, wish.offers))),
        "cohort": wish.cohort and cohort,
        **{name: _added(name, value) for name, value in wish.more.items()},
    }
    return {name: words for name, words in said.items() if words}


def _spoken(wish: Wish) -> str:
    name = language_name(wish.language)
    if not wish.level:
        return _("Speaks %(language)s", language=name)
    level = str(dict(AT_LEAST).get(wish.level, wish.level))
    return _("Speaks %(language)s (%(level)s)", language=name, level=level)


def _added(name: str, value: str) -> str:
    known = filters.everything()[name]
    return _("%(filter)s: %(choice)s", filter=str(known.label), choice=str(dict(known.choices)[value]))


def _without(wish: Wish, name: str) -> str:
    left: dict[str, Any] = {
        key: value for key, value in wish.address.items() if key != name and (name, key) != ("language", "level")
    }
    return url_for("directory.index", **left)
