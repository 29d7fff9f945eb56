"""What answers say about a question. Pure.

Discrimination is the correlation between the points of a question and those of the rest of the paper: near 1, whoever
knows the rest knows this too; around 0, it tells nothing; below 0, something is wrong with it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from courses.catalogue.questions import ChoiceQuestion, Question
from courses.quizzes.answers import Answer, Picks
from courses.quizzes.marking import mark

FEWEST = 10
"""With fewer answers a figure says more about chance than about the question."""
TOO_HARD, TOO_EASY = 25, 95
TELLS_NOTHING = 0.1
WHOLE = 100


class Flag(StrEnum):
    """Something that deserves a look."""

    HARD = "hard"
    EASY = "easy"
    NOTHING = "nothing"
    AGAINST = "against"
    LURE = "lure"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in an attempt that was handed in; `rest` is the share of points earned in the rest of the paper.

    `one_pick` where only one option could be chosen, although several are right now.
    """

    answer: Answer
    rest: float
    one_pick: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """How a question did. `right` is the mean share of its point in per cent; `chosen` how often each option was."""

    tried: int
    right: int
    chosen: tuple[int, ...] = ()
    discrimination: float | None = None
    flags: tuple[Flag, ...] = ()


def figures(question: Question, given: Sequence[Given]) -> Figures:
    """What these answers say about the question."""
    if not given:
        return Figures(0, 0)
    points = [float(mark(question, each.answer, one_pick=each.one_pick).points) for each in given]
    chosen = _chosen(question, given)
    right = round(WHOLE * sum(points) / len(points))
    told = correlation(points, [each.rest for each in given]) if len(given) >= FEWEST else None
    flags = _flags(question, chosen, right, told) if len(given) >= FEWEST else ()
    return Figures(len(given), right, chosen, told, flags)


def _chosen(question: Question, given: Sequence[Given]) -> tuple[int, ...]:
    if not isinstance(question, ChoiceQuestion):
        return ()
    counts = Counter(place for each in given if isinstance(each.answer, Picks) for place in each.answer.places)
    return tuple(counts[place] for place in range(len(question.options)))


def _flags(question: Question, chosen: tuple[int, ...], right: int, told: float | None) -> tuple[Flag, ...]:
    found = []
    if right < TOO_HARD:
        found.append(Flag.HARD)
    if right > TOO_EASY:
        found.append(Flag.EASY)
    if told is not None and told < 0:
        found.append(Flag.AGAINST)
    elif told is not None and told < TELLS_NOTHING:
        found.append(Flag.NOTHING)
    if isinstance(question, ChoiceQuestion):
        wrong = [count for place, count in enumerate(chosen) if place not in question.right]
        rights = [chosen[place] for place in question.right]
        found += [Flag.LURE] if wrong and max(wrong) > max(rights) else []
        found += [Flag.UNUSED] if 0 in wrong else []
    return tuple(found)


def correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Pearson's correlation of two rows of the same length; None where one of them never changes."""
    count = len(left)
    mean_left, mean_right = sum(left) / count, sum(right) / count
    together = sum((a - mean_left) * (b - mean_right) for a, b in zip(left, right, strict=True))
    spread = sqrt(sum((a - mean_left) ** 2 for a in left) * sum((b - mean_right) ** 2 for b in right))
    return max(-1.0, min(1.0, together / spread)) if spread else None
