"""Quizzes, their questions, and tasks, as plain frozen data: part of what `content.py` describes.

Right answers stand beside the questions here. A page must build what it shows itself, and send no positions of ours.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Option:
    """One answer offered by a choice question; the feedback tells why it is right or wrong."""

    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A term and the definition that belongs to it."""

    term: str
    definition: str


@dataclass(frozen=True, slots=True)
class ExactAnswer:
    """A text accepted as it stands, but for case, outer punctuation and spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """Any number from low to high, both included; `text` is what the author wrote."""

    text: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Asked:
    """What every question has: a stable id, the heading, more text below it, and the explanation afterwards."""

    id: str
    prompt: str
    detail: str
    explanation: str
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class ChoiceQuestion(Asked):
    """Choose one of the options, or all that apply when several are right."""

    options: tuple[Option, ...]

    @property
    def several(self) -> bool:
        """Whether more than one option is right."""
        return len(self.right) > 1

    @property
    def right(self) -> frozenset[int]:
        """Positions (from 0) of the right options."""
        return frozenset(place for place, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Asked):
    """Write a short answer or a number."""

    accepted: tuple[ExactAnswer | NumberAnswer, ...]

    @property
    def numeric(self) -> bool:
        """Whether nothing but a number can be right."""
        return all(isinstance(answer, NumberAnswer) for answer in self.accepted)


@dataclass(frozen=True, slots=True)
class OrderQuestion(Asked):
    """Put the items in order. They stand in the RIGHT order here: shuffle before showing, and never send positions."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchQuestion(Asked):
    """Give each term its definition. Pairs stand together here: shuffle one side before showing."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion(Asked):
    """Write a text of about so many words, which a trainer marks."""

    words: int


Question = ChoiceQuestion | AnswerQuestion | OrderQuestion | MatchQuestion | OpenQuestion


@dataclass(frozen=True, slots=True)
class Quiz:
    """The settings of a quiz and its questions in the course's language.

    `pass_mark` in per cent (None: the course's own); `attempts` 0 means without limit; `draw` None means all questions;
    `minutes` None means no time limit.
    """

    pass_mark: int | None
    attempts: int
    draw: int | None
    shuffle: bool
    minutes: int | None
    questions: tuple[Question, ...]

    @property
    def drawn(self) -> int:
        """How many questions one attempt has: all of them when more are asked for than there are."""
        return min(self.draw or len(self.questions), len(self.questions))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: what is looked at, for how many points, and what earns all of them."""

    id: str
    title: str
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """Work to hand in: its guide length in words, the pass mark in per cent of the points, and the rubric."""

    words: int | None
    pass_mark: int
    rubric: tuple[Criterion, ...]

    @property
    def points(self) -> int:
        """All the points there are."""
        return sum(criterion.points for criterion in self.rubric)
