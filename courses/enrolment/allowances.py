"""What single learners are allowed beyond the others: more time, more attempts, a later day. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from courses.catalogue.questions import Quiz

USUAL = 100


@dataclass(frozen=True, slots=True)
class Allowance:
    """`time_factor` in per cent of the usual, `extra_attempts` at each quiz, `extensions` a later day by lesson."""

    time_factor: int = USUAL
    extra_attempts: int = 0
    extensions: Mapping[str, datetime] = field(default_factory=dict)

    def quiz(self, quiz: Quiz) -> Quiz:
        """The quiz as this learner takes it: minutes are rounded up, no limit stays no limit."""
        minutes = math.ceil(quiz.minutes * self.time_factor / USUAL) if quiz.minutes else quiz.minutes
        attempts = quiz.attempts + self.extra_attempts if quiz.attempts else 0
        return replace(quiz, minutes=minutes, attempts=attempts)


NONE = Allowance()


def allowance_in(time_factor: int, extra_attempts: int, extensions: Mapping[str, str] | None) -> Allowance:
    """The allowance that a row of enrolment says; days are kept as ISO texts in UTC."""
    if time_factor == USUAL and not extra_attempts and not extensions:
        return NONE
    days = {key: datetime.fromisoformat(text) for key, text in (extensions or {}).items()}
    return Allowance(time_factor, extra_attempts, days)


def as_json(extensions: Mapping[str, datetime]) -> dict[str, Any]:
    """Days as a row keeps them."""
    return {key: moment.astimezone(UTC).isoformat() for key, moment in extensions.items()}
