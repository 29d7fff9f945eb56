"""What of a profile can be found, and by whom. Pure: no database, no web."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alumni.audiences import Audience

RANKS = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6, "native": 7}
NAME, NEWEST = "name", "newest"
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field: what is compared, what is read, and how well a language is spoken."""

    field: str
    key: str
    words: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What a member says of themselves, and how far each field is open; a closed profile opens nothing."""

    member_id: int
    name_key: str
    changed_at: datetime
    audiences: Mapping[str, int]
    texts: Mapping[str, str]
    values: tuple[Value, ...] = ()

    def level(self, name: str) -> int:
        """How far a field can be seen: nobody sees more of a person than their name."""
        return min(self.audiences["name"], self.audiences[name])


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom somebody looks for. `more` are the values of filters that other features added, by their names."""

    words: str = ""
    cohort: str = ""
    country: str = ""
    language: str = ""
    level: str = ""
    skill: str = ""
    offers: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    sort: str = NAME

    @property
    def narrowing(self) -> dict[str, str]:
        """What narrows the list, words and order apart: those that are set."""
        named = {name: getattr(self, name) for name in ("cohort", "country", "language", "level", "skill", "offers")}
        return {name: value for name, value in {**named, **self.more}.items() if value}

    @property
    def address(self) -> dict[str, Any]:
        """The same as parts of an address."""
        said = {"q": self.words, **self.narrowing, "sort": "" if self.sort == NAME else self.sort}
        return {name: value for name, value in said.items() if value}


def texts_of(told: Told) -> tuple[str, str, str]:
    """The words that cohorts, the network and everyone may find somebody by: each word stands where it is open to."""
    parts = {Audience.COHORT: "", Audience.NETWORK: "", Audience.EVERYONE: ""}
    for name, text in told.texts.items():
        level = Audience(told.level(name))
        if level in parts and text:
            parts[level] += f"{text}\n"
    return parts[Audience.COHORT], parts[Audience.NETWORK], parts[Audience.EVERYONE]


def found_by(told: Told) -> Iterator[tuple[Value, int]]:
    """By which values somebody can be found, each with its level; none that only they see."""
    for value in (Value("name", ""), *told.values):
        level = told.level(value.field)
        if level > Audience.ME:
            yield value, level


def listed(told: Told) -> dict[str, list[str]]:
    """What a card shows of the fields with several values; none that only their owner sees."""
    said: dict[str, list[str]] = {}
    for value in told.values:
        if value.words and told.level(value.field) > Audience.ME:
            said.setdefault(value.field, []).append(value.words)
    return said
