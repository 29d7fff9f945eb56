"""What a learner answered, by the positions of the edition's own file: kept, marked and shown again.

A browser never sees these positions (see `papers.py`). `blank` is the answer of somebody who left a question out.
"""

from dataclasses import dataclass
from typing import Any

from courses.catalogue.questions import ChoiceQuestion, MatchQuestion, OrderQuestion, Question


@dataclass(frozen=True, slots=True)
class Picks:
    """The options chosen."""

    places: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Written:
    """A short answer, a number or a text."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Ranks:
    """For each item of the file, the place from 1 that the learner gave it, or None."""

    ranks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """For each term of the file, the position of the definition chosen for it, or None."""

    definitions: tuple[int | None, ...]


Answer = Picks | Written | Ranks | Matches


def blank(question: Question) -> Answer:
    """The answer of somebody who left this question out."""
    if isinstance(question, ChoiceQuestion):
        return Picks()
    if isinstance(question, OrderQuestion):
        return Ranks((None,) * len(question.items))
    if isinstance(question, MatchQuestion):
        return Matches((None,) * len(question.pairs))
    return Written()


def is_blank(answer: Answer) -> bool:
    """Whether nothing was answered."""
    match answer:
        case Picks(places):
            return not places
        case Written(text):
            return not text.strip()
        case Ranks(values) | Matches(values):
            return all(value is None for value in values)


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as it is kept in the database."""
    match answer:
        case Picks(places):
            return {"picks": sorted(places)}
        case Written(text):
            return {"text": text}
        case Ranks(ranks):
            return {"ranks": list(ranks)}
        case Matches(definitions):
            return {"matches": list(definitions)}


def from_json(question: Question, kept: dict[str, Any] | None) -> Answer:
    """The answer to this question as it was kept; a blank one if nothing was."""
    match kept:
        case {"picks": places}:
            return Picks(frozenset(places))
        case {"text": text}:
            return Written(text)
        case {"ranks": ranks}:
            return Ranks(tuple(ranks))
        case {"matches": definitions}:
            return Matches(tuple(definitions))
        case _:
            return blank(question)
