"""Quizzes, their questions, tasks, and when things open, as plain frozen data: part of what `content.py` describes.

Right answers stand beside the questions here. A page must build what it shows itself, and send no positions of ours.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


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
class Grade:
    """One level of a criterion: its name, what it earns, what a work at this level looks like."""

    title: str
    points: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: what is looked at, for how many points, what earns all of them, and perhaps its levels."""

    id: str
    title: str
    points: int
    text: str
    levels: tuple[Grade, ...] = ()


class HandIn(StrEnum):
    """What a learner hands in."""

    TEXT = "text"
    FILE = "file"
    BOTH = "both"


class Late(StrEnum):
    """What happens to work that comes after its day."""

    ACCEPT = "accept"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Due:
    """When work is due: by the end of a day, or so many days after joining; `grace` days later it is late."""

    day: date | None = None
    days: int | None = None
    grace: int = 0
    late: Late = Late.ACCEPT


@dataclass(frozen=True, slots=True)
class Opening:
    """When something opens; everything named here must hold.

    `on`: from the start of that day in the academy's zone; `days`: so many days after joining; `after`: when these are
    finished, lessons by their key and whole modules by their slug.
    """

    on: date | None = None
    days: int | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Peers:
    """How learners read each other's work: how many each reads, in how many days, what it weighs in per cent."""

    readers: int
    days: int = 7
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """Work to hand in: its guide length in words, the pass mark in per cent of the points, and the rubric.

    `files` are the kinds of files that are taken; `resubmit` says how often work that did not pass may be improved
    (None: without limit); `blind` hides the learner's name from who marks; `second_marker` asks for two of them.
    """

    words: int | None
    pass_mark: int
    rubric: tuple[Criterion, ...]
    hand_in: HandIn = HandIn.TEXT
    files: tuple[str, ...] = ()
    most_files: int = 0
    due: Due | None = None
    resubmit: int | None = None
    blind: bool = False
    second_marker: bool = False
    peers: Peers | None = None

    @property
    def points(self) -> int:
        """All the points there are."""
        return sum(criterion.points for criterion in self.rubric)

    @property
    def takes_text(self) -> bool:
        """Whether there is a text to write."""
        return self.hand_in is not HandIn.FILE

    @property
    def takes_files(self) -> bool:
        """Whether there are files to add."""
        return self.hand_in is not HandIn.TEXT
