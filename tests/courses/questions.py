"""Makers of questions for the tests of marking and drawing, and hypothesis strategies for them."""

from decimal import Decimal

from hypothesis import strategies as st

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    NumberAnswer,
    OpenQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
    Quiz,
)
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written

ASKED = ("What?", "", "Because.", 1)


def choice(*rights: bool, name: str = "choice") -> ChoiceQuestion:
    """A choice with as many options as verdicts."""
    options = tuple(Option(f"option {place}", right, f"why {place}") for place, right in enumerate(rights))
    return ChoiceQuestion(name, *ASKED, options)


def short(*accepted: str, name: str = "short") -> AnswerQuestion:
    """A question whose accepted answers are texts."""
    return AnswerQuestion(name, *ASKED, tuple(ExactAnswer(text) for text in accepted))


def number(low: str, high: str = "", name: str = "number") -> AnswerQuestion:
    """A question whose accepted answer is a number or a range."""
    return AnswerQuestion(name, *ASKED, (NumberAnswer(low, Decimal(low), Decimal(high or low)),))


def order(count: int, name: str = "order") -> OrderQuestion:
    """So many items to put in order."""
    return OrderQuestion(name, *ASKED, tuple(f"step {place}" for place in range(count)))


def match(count: int, name: str = "match") -> MatchQuestion:
    """So many terms to match."""
    return MatchQuestion(name, *ASKED, tuple(Pair(f"term {place}", f"meaning {place}") for place in range(count)))


def open_(name: str = "open") -> OpenQuestion:
    """A text for a trainer to mark."""
    return OpenQuestion(name, *ASKED, 100)


def quiz(*questions: Question, draw: int | None = None, shuffle: bool = True) -> Quiz:
    """A quiz of these questions."""
    return Quiz(75, 3, draw, shuffle, None, questions)


def right_answer(question: Question) -> Answer:
    """The answer that its author would give."""
    match question:
        case ChoiceQuestion():
            return Picks(question.right)
        case AnswerQuestion():
            first = question.accepted[0]
            return Written(first.text)
        case OrderQuestion():
            return Ranks(tuple(range(1, len(question.items) + 1)))
        case MatchQuestion():
            return Matches(tuple(range(len(question.pairs))))
        case _:
            return Written("A text of my own.")


words = st.text(min_size=1, max_size=30).filter(str.strip)
numerals = st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(lambda value: f"{value:f}")
choices = st.lists(st.booleans(), min_size=2, max_size=7).filter(any).map(lambda rights: choice(*rights))
shorts = st.lists(words, min_size=1, max_size=3).map(lambda texts: short(*texts))
orders = st.integers(2, 7).map(order)
matches = st.integers(2, 7).map(match)
closed = st.one_of(choices, shorts, numerals.map(number), orders, matches)
positions = st.one_of(st.none(), st.integers(-2, 9))
answers = st.one_of(
    st.frozensets(st.integers(-1, 9)).map(Picks),
    st.text(max_size=60).map(Written),
    st.lists(positions, max_size=9).map(lambda ranks: Ranks(tuple(ranks))),
    st.lists(positions, max_size=9).map(lambda chosen: Matches(tuple(chosen))),
)
