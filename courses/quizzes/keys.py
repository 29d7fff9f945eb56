"""Whether the key of another edition fits answers that were given before, and what these answers are by it. Pure.

A key fits a question that still asks the same: of the same kind, in the same words, with the same options, whatever
their order. Answers to other words say nothing about it and keep the marks they have.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    NumberAnswer,
    OrderQuestion,
    Question,
)
from courses.quizzes.answers import Answer, Matches, Picks, Ranks
from courses.quizzes.folding import fold


class Misfit(StrEnum):
    """Why a key cannot be used for earlier answers."""

    GONE = "gone"
    KIND = "kind"
    WORDS = "words"
    OPTIONS = "options"


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the parts of the newer question stood in the older one, and likewise the definitions to be matched.

    `one_pick` where the older question let its reader choose only one option although several are right now.
    """

    parts: tuple[int, ...] = ()
    choices: tuple[int, ...] = ()
    one_pick: bool = False


def fit(then: Question, now: Question | None) -> Fit | Misfit:
    """How the newer question lies over the older one, or why it does not."""
    if now is None:
        return Misfit.GONE
    if type(then) is not type(now):
        return Misfit.KIND
    if _asked(then) != _asked(now):
        return Misfit.WORDS
    parts, choices = _places(_parts(then), _parts(now)), _places(_choices(then), _choices(now))
    if parts is None or choices is None:
        return Misfit.OPTIONS
    narrow = isinstance(then, ChoiceQuestion) and isinstance(now, ChoiceQuestion) and now.several and not then.several
    return Fit(parts, choices, narrow)


def _asked(question: Question) -> tuple[str, str]:
    return fold(question.prompt), fold(question.detail)


def _parts(question: Question) -> Sequence[str]:
    match question:
        case ChoiceQuestion():
            return [option.text for option in question.options]
        case OrderQuestion():
            return question.items
        case MatchQuestion():
            return [pair.term for pair in question.pairs]
        case _:
            return ()


def _choices(question: Question) -> Sequence[str]:
    return [pair.definition for pair in question.pairs] if isinstance(question, MatchQuestion) else ()


def _places(then: Sequence[str], now: Sequence[str]) -> tuple[int, ...] | None:
    """For each newer text its place among the older ones; None unless they are the same texts."""
    older, newer = [" ".join(text.split()) for text in then], [" ".join(text.split()) for text in now]
    if older == newer:
        return tuple(range(len(older)))
    if sorted(older) != sorted(newer) or len(set(older)) < len(older):
        return None
    return tuple(older.index(text) for text in newer)


def key_of(question: Question, lies: Fit) -> Hashable:
    """What is right, told by the places of the older question: equal keys mark every answer alike."""
    match question:
        case ChoiceQuestion():
            return frozenset(lies.parts[place] for place in question.right)
        case AnswerQuestion():
            return frozenset(_meant(answer) for answer in question.accepted)
        case OrderQuestion():
            return lies.parts
        case MatchQuestion():
            return frozenset(zip(lies.parts, lies.choices, strict=True))
        case _:
            return None


def _meant(answer: ExactAnswer | NumberAnswer) -> Hashable:
    return fold(answer.text) if isinstance(answer, ExactAnswer) else (answer.low, answer.high)


def moved(answer: Answer, lies: Fit) -> Answer:
    """An answer to the older question, told by the places of the newer one."""
    match answer:
        case Picks(places):
            return Picks(frozenset(new for new, old in enumerate(lies.parts) if old in places))
        case Ranks(ranks) if len(ranks) == len(lies.parts):
            return Ranks(tuple(ranks[old] for old in lies.parts))
        case Matches(chosen) if len(chosen) == len(lies.parts):
            there = {old: new for new, old in enumerate(lies.choices)}
            told = (chosen[old] for old in lies.parts)
            return Matches(tuple(None if place is None else there.get(place) for place in told))
        case _:
            return answer


def read(text: str) -> dict[str, int]:
    """Which edition's key marks which question, as an attempt keeps it: a line for each."""
    return {name: int(number) for name, number in (line.split() for line in text.splitlines())}


def written(editions: Mapping[str, int]) -> str:
    """The same as a text; the same keys are always the same text."""
    return "\n".join(f"{name} {number}" for name, number in sorted(editions.items()))
