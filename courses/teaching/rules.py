"""Who is stuck, and why. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from courses.progress.models import LessonState
from courses.progress.queries import Standing

SILENT_AFTER = timedelta(days=10)
WRONG_TRIES = 2
"""So many failed attempts at one quiz are more than a slip."""
NUDGED_WITHIN = timedelta(days=3)


class Why(StrEnum):
    """Why somebody may need a word."""

    WRONG = "wrong"
    LATE = "late"
    SILENT = "silent"


def why_stuck(
    standing: Standing, tries: Mapping[str, int], late: Collection[str], *, complete: bool, now: datetime
) -> tuple[Why, ...]:
    """Every reason to think that a learner is stuck.

    `tries` counts failed attempts by lesson; `late` are tasks past their day without anything handed in.
    """
    if complete or not standing.active:
        return ()
    found = []
    if stuck_at(standing, tries):
        found.append(Why.WRONG)
    if late:
        found.append(Why.LATE)
    if standing.latest < now - SILENT_AFTER:
        found.append(Why.SILENT)
    return tuple(found)


def stuck_at(standing: Standing, tries: Mapping[str, int]) -> list[str]:
    """The quizzes that were tried again and again in vain."""
    return [
        key
        for key, done in standing.done.items()
        if done.state is LessonState.FAILED and tries.get(key, 0) >= WRONG_TRIES
    ]


def may_be_nudged(last: datetime | None, now: datetime) -> bool:
    """Whether enough days went by since the last nudge that another one helps."""
    return last is None or last <= now - NUDGED_WITHIN
