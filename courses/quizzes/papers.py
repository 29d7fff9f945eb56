"""The paper as it meets the browser: every question and part goes by a token that has a meaning in this attempt alone.

Tokens are HMACs keyed with the attempt's secret seed, so neither the author's ids (which can give an answer away:
"art33") nor positions in the file ever reach the page.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from courses.catalogue.questions import MatchQuestion, Question, Quiz
from courses.quizzes.drawing import Drawn, draw

TOKEN_LENGTH = 12


@dataclass(frozen=True)
class Sheet:
    """One question of a paper with its tokens.

    `parts` are the tokens of its options, items or terms, by their positions in the file; `choices` are those of the
    definitions of a match question, likewise.
    """

    drawn: Drawn
    token: str
    parts: tuple[str, ...]
    choices: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.drawn.question

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"q-{self.token}"

    def part(self, token: str) -> int | None:
        """The position of the part with this token, or None."""
        return self.parts.index(token) if token in self.parts else None

    def choice(self, token: str) -> int | None:
        """The position of the definition with this token, or None."""
        return self.choices.index(token) if token in self.choices else None


@dataclass(frozen=True)
class Paper:
    """All questions of an attempt in the order they are asked."""

    sheets: tuple[Sheet, ...]

    @cached_property
    def by_token(self) -> Mapping[str, Sheet]:
        """Every sheet by its token."""
        return {sheet.token: sheet for sheet in self.sheets}

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in the order they are asked."""
        return tuple(sheet.question for sheet in self.sheets)

    def question(self, question_id: str) -> Question | None:
        """The question with this id, if it is on the paper."""
        return next((each for each in self.questions if each.id == question_id), None)


def paper_of(quiz: Quiz, seed: str) -> Paper:
    """The paper of the attempt with this seed."""
    return Paper(tuple(_sheet(drawn, seed) for drawn in draw(quiz, seed)))


def _sheet(drawn: Drawn, seed: str) -> Sheet:
    name = drawn.question.id
    parts = tuple(_tokens(seed, name, "part", len(drawn.order)))
    choices = (
        tuple(_tokens(seed, name, "choice", len(drawn.order))) if isinstance(drawn.question, MatchQuestion) else ()
    )
    return Sheet(drawn, _token(seed, name, "question", 0), parts, choices)


def _tokens(seed: str, question: str, role: str, count: int) -> Iterator[str]:
    return (_token(seed, question, role, place) for place in range(count))


def _token(seed: str, question: str, role: str, place: int) -> str:
    message = f"{question}\0{role}\0{place}".encode()
    return hmac.new(seed.encode(), message, hashlib.sha256).hexdigest()[:TOKEN_LENGTH]
