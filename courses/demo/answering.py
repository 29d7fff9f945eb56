"""Answers to a paper with so many of its questions missed. A missed question earns nothing at all."""

from collections.abc import Sequence

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    OpenQuestion,
    OrderQuestion,
    Question,
)
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written

UNSURE = "?"


def answers_to(questions: Sequence[Question], *, misses: int, text: str) -> dict[str, Answer]:
    """An answer to each question by its id: the last ones wrong, open ones with this text."""
    closed = [each for each in questions if not isinstance(each, OpenQuestion)]
    missed = {each.id for each in closed[max(0, len(closed) - misses) :]}
    return {each.id: wrong(each) if each.id in missed else right(each, text) for each in questions}


def right(question: Question, text: str) -> Answer:
    """What earns everything, or the text where a trainer marks."""
    match question:
        case ChoiceQuestion():
            return Picks(question.right)
        case OrderQuestion(items=items):
            return Ranks(tuple(range(1, len(items) + 1)))
        case MatchQuestion(pairs=pairs):
            return Matches(tuple(range(len(pairs))))
        case AnswerQuestion(accepted=(first, *_)):
            return Written(first.text if isinstance(first, ExactAnswer) else str(first.low))
        case _:
            return Written(text)


def wrong(question: Question) -> Answer:
    """What earns nothing."""
    match question:
        case ChoiceQuestion(options=options):
            return Picks(frozenset([place for place in range(len(options)) if place not in question.right][:1]))
        case OrderQuestion(items=items):
            return Ranks(tuple(range(len(items), 0, -1)))
        case MatchQuestion(pairs=pairs):
            return Matches((*range(1, len(pairs)), 0))
        case _:
            return Written(UNSURE)
