"""What holds for polls, decided without the world."""

from dataclasses import dataclass
from datetime import datetime

from academy.few import FEWEST

FEWEST_OPTIONS, MOST_OPTIONS = 2, 10
LONGEST_QUESTION, LONGEST_OPTION = 200, 120
LONGEST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll as it is made."""

    question: str
    options: tuple[str, ...]
    most: int
    secret: bool
    ends_at: datetime


def options_in(typed: str) -> tuple[str, ...]:
    """The options in a text, one in each line; each once."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def is_over(ends_at: datetime, now: datetime) -> bool:
    """Whether nobody votes any more."""
    return ends_at <= now


def shows_results(*, secret: bool, ends_at: datetime, voted: bool, voters: int, now: datetime) -> bool:
    """Whether somebody sees how a poll stands.

    In the open after voting, or at its end. In secret only at its end and from five voters on: of a count that grows
    while people vote, or of one that is small, somebody could tell who chose what.
    """
    over = is_over(ends_at, now)
    return over and voters >= FEWEST if secret else over or voted


def may_change(*, secret: bool, ends_at: datetime, now: datetime) -> bool:
    """Whether whoever voted may choose again: in secret nobody knows what there would be to change."""
    return not secret and not is_over(ends_at, now)
