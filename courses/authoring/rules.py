"""What can be done with drafts and their steps. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from academy.people.actor import Actor
from courses.authoring.models import Change, Draft, Step, StepKind
from courses.catalogue.staff import TEACHERS

JOINED_WITHIN = timedelta(minutes=10)
"""Saves of one file by one person within this time are one step: autosave must not bury the history."""


def joins(last: Step | None, changes: Iterable[Change], *, path: str, by: int | None, now: datetime) -> bool:
    """Whether a save of this file belongs to the last step rather than being one of its own."""
    return (
        last is not None
        and last.kind == StepKind.SAVED
        and last.made_by == by
        and now - last.made_at < JOINED_WITHIN
        and [change.path for change in changes] == [path]
    )


def can_be_undone(changes: Iterable[Change], current: Mapping[str, str]) -> bool:
    """Whether the step changed files and each still is as it left it."""
    changed = list(changes)
    return bool(changed) and all(current.get(change.path) == change.after for change in changed)


def may_be_undone(draft: Draft, step: Step) -> bool:
    """Any step, but the one that made a course out of nothing."""
    return step.number > 1 or draft.base_edition is not None


RESERVED = frozenset({"new", "marking", "import", "glossary"})
"""Slugs that would hide addresses of the trainers' desk."""


def may_begin_courses(actor: Actor) -> bool:
    """Whoever teaches any course, and admins."""
    return actor.is_admin or any(role.name in TEACHERS for role in actor.roles)
