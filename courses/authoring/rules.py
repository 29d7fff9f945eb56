"""What can be done with the steps of a draft. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from courses.authoring.models import Change, Step, StepKind

JOINED_WITHIN = timedelta(minutes=10)
"""Saves of one file by one person within this time are one step: autosave must not bury the history."""


def joins(last: Step | None, changes: Iterable[Change], *, path: str, by: int, now: datetime) -> bool:
    """Whether a save of this file belongs to the last step rather than being one of its own."""
    return (
        last is not None
        and last.kind == StepKind.SAVED
        and last.made_by == by
        and now - last.made_at < JOINED_WITHIN
        and [change.path for change in changes] == [path]
    )


def can_be_undone(changes: Iterable[Change], current: Mapping[str, str]) -> bool:
    """Whether every file still is as the step left it."""
    return all(current.get(change.path) == change.after for change in changes)
