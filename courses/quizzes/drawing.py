"""Drawing a paper: which questions, in which order, with their parts in which order.

Everything follows from the attempt's seed through SHA-256, never through `random`: the same seed gives the same paper
on every version of Python, today and when somebody looks at an old attempt.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from courses.catalogue.questions import ChoiceQuestion, MatchQuestion, OrderQuestion, Question, Quiz


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question of a paper. `order` holds the file's positions of its parts in the order they are shown.

    Parts are the options of a choice, the items to put in order, the definitions to match; other questions have none.
    """

    question: Question
    order: tuple[int, ...]


def draw(quiz: Quiz, seed: str) -> tuple[Drawn, ...]:
    """The paper of the attempt with this seed."""
    chosen = _shuffled(seed, "draw", range(len(quiz.questions)))[: quiz.drawn]
    shown = _shuffled(seed, "order", chosen) if quiz.shuffle else sorted(chosen)
    return tuple(Drawn(quiz.questions[place], _parts(quiz.questions[place], quiz, seed)) for place in shown)


def _parts(question: Question, quiz: Quiz, seed: str) -> tuple[int, ...]:
    if isinstance(question, ChoiceQuestion):
        places = range(len(question.options))
        return tuple(_shuffled(seed, question.id, places)) if quiz.shuffle else tuple(places)
    if isinstance(question, OrderQuestion):
        return _unsolved(seed, question.id, len(question.items))
    if isinstance(question, MatchQuestion):
        return _unsolved(seed, question.id, len(question.pairs))
    return ()


def _unsolved(seed: str, label: str, count: int) -> tuple[int, ...]:
    """A mixed order that is not the right one; the right one, should it come up, is turned by one place."""
    mixed = tuple(_shuffled(seed, label, range(count)))
    return mixed if mixed != tuple(range(count)) else (*mixed[1:], *mixed[:1])


def _shuffled(seed: str, label: str, places: Iterable[int]) -> list[int]:
    return sorted(places, key=lambda place: hashlib.sha256(f"{seed}|{label}|{place}".encode()).digest())
