"""What may be done with a quiz. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from courses.catalogue.questions import Quiz
from courses.quizzes.models import Attempt

GRACE = timedelta(seconds=30)
"""How long after the deadline an answer that was on its way still counts."""


class Next(StrEnum):
    """What the start page offers."""

    START = "start"
    GO_ON = "go_on"
    WAIT = "wait"
    NONE_LEFT = "none_left"


@dataclass(frozen=True, slots=True)
class Tries:
    """How somebody stands with a quiz. `left` is None when there is no limit."""

    next: Next
    left: int | None
    best: int | None
    passed: bool


def tries(quiz: Quiz, attempts: Sequence[Attempt]) -> Tries:
    """How somebody with these attempts stands with this quiz."""
    left = max(0, quiz.attempts - len(attempts)) if quiz.attempts else None
    best = max((each.score for each in attempts if each.score is not None), default=None)
    return Tries(_next(attempts, left), left, best, any(each.passed for each in attempts))


def _next(attempts: Sequence[Attempt], left: int | None) -> Next:
    if any(each.is_open for each in attempts):
        return Next.GO_ON
    if any(each.waits for each in attempts):
        return Next.WAIT
    return Next.NONE_LEFT if left == 0 else Next.START


def takes_answers(attempt: Attempt, now: datetime) -> bool:
    """Whether an answer that arrives now still counts."""
    return attempt.is_open and (attempt.deadline is None or now <= attempt.deadline + GRACE)


def is_overdue(attempt: Attempt, now: datetime) -> bool:
    """Whether the attempt is still open although nothing that arrives now would count."""
    return attempt.is_open and not takes_answers(attempt, now)


def deadline_of(quiz: Quiz, started_at: datetime) -> datetime | None:
    """When an attempt that starts now must be handed in; None without a time limit."""
    return started_at + timedelta(minutes=quiz.minutes) if quiz.minutes else None


def seconds_left(attempt: Attempt, now: datetime) -> int | None:
    """Whole seconds until the time is over, never below 0; None without a time limit."""
    if attempt.deadline is None:
        return None
    return max(0, int((attempt.deadline - now).total_seconds()))
