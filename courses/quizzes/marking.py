"""Marking, without database, web or clock. A question is worth one point, of which an answer earns a share.

- Choice: right options chosen minus wrong options chosen, as a share of the right ones, never below nothing. Whoever
  could choose only one, where a corrected key says that several are right, has all of the point for any of these.
- Short answer or number: all or nothing.
- Order: an item counts when it directly follows the item that it should follow (the first one: when it stands first),
  so that one misplaced item does not spoil the places of all others. As drawn it is no answer: nobody gave it a place.
- Match: the share of terms that got their own definition.
- Open: nothing until a trainer marks it; a blank text waits for nobody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    NumberAnswer,
    OpenQuestion,
    OrderQuestion,
    Question,
)
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written, blank, is_blank
from courses.quizzes.folding import fold, numbers

NOTHING, ALL = Fraction(0), Fraction(1)
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Marks:
    """What an answer earned, from 0 to 1, and for each option, item or term whether it was dealt with rightly.

    `waiting` means that a trainer has yet to read the answer; it has earned nothing so far.
    """

    points: Fraction
    items: tuple[bool, ...] = ()
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class AttemptMarks:
    """What a whole attempt earned, question by question."""

    of: Mapping[str, Marks]

    @property
    def waiting(self) -> frozenset[str]:
        """The questions a trainer has yet to mark."""
        return frozenset(question for question, marks in self.of.items() if marks.waiting)

    @property
    def score(self) -> int:
        """Whole per cent earned so far. Rounded down, so that a score never looks passed when it is not."""
        earned = sum((marks.points for marks in self.of.values()), NOTHING)
        return int(earned * PERCENT / len(self.of)) if self.of else 0


def mark_attempt(
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    given: Mapping[str, int] | None = None,
    one_pick: Collection[str] = (),
) -> AttemptMarks:
    """Mark all questions of a paper.

    `given`: what trainers gave for open questions, in per cent; `one_pick`: questions that let only one be chosen.
    """
    trainers = given or {}
    return AttemptMarks(
        {
            each.id: _one(each, answers.get(each.id), trainers.get(each.id), one_pick=each.id in one_pick)
            for each in questions
        }
    )


def _one(question: Question, answer: Answer | None, percent: int | None, *, one_pick: bool) -> Marks:
    if percent is not None and isinstance(question, OpenQuestion):
        return Marks(Fraction(percent, PERCENT))
    return mark(question, answer or blank(question), one_pick=one_pick)


def mark(question: Question, answer: Answer, *, one_pick: bool = False) -> Marks:
    """Mark one answer; one of the wrong shape earns nothing."""
    match question, answer:
        case ChoiceQuestion(), Picks(places):
            return _choice(question, places, one_pick=one_pick)
        case AnswerQuestion(), Written(text):
            return Marks(ALL if _accepted(question, text) else NOTHING)
        case OrderQuestion(), Ranks(ranks):
            return _share(_follows(ranks, place) for place in range(len(question.items)))
        case MatchQuestion(), Matches(chosen):
            return _share(place < len(chosen) and chosen[place] == place for place in range(len(question.pairs)))
        case OpenQuestion(), Written():
            return Marks(NOTHING, waiting=not is_blank(answer))
        case _:
            return Marks(NOTHING)


def _choice(question: ChoiceQuestion, places: frozenset[int], *, one_pick: bool) -> Marks:
    right, wrong = len(places & question.right), len(places - question.right)
    points = min(ALL, max(NOTHING, Fraction(right - wrong, 1 if one_pick else len(question.right))))
    return Marks(points, tuple((place in places) == option.right for place, option in enumerate(question.options)))


def _accepted(question: AnswerQuestion, text: str) -> bool:
    folded, meant = fold(text), numbers(text)
    return bool(text.strip()) and any(_fits(accepted, folded, meant) for accepted in question.accepted)


def _fits(accepted: ExactAnswer | NumberAnswer, folded: str, meant: frozenset[Decimal]) -> bool:
    if isinstance(accepted, ExactAnswer):
        return folded == fold(accepted.text)
    return any(accepted.low <= value <= accepted.high for value in meant)


def _follows(ranks: tuple[int | None, ...], place: int) -> bool:
    rank = ranks[place] if place < len(ranks) else None
    if rank is None or ranks.count(rank) > 1:
        return False
    before = ranks[place - 1] if place else 0
    return before is not None and ranks.count(before) <= 1 and rank == before + 1


def _share(items: Iterable[bool]) -> Marks:
    verdicts = tuple(items)
    return Marks(Fraction(sum(verdicts), len(verdicts)), verdicts)
