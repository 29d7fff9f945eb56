"""What points on a rubric are worth, and whether one may write. Pure."""

from collections.abc import Mapping, Sequence

from courses.catalogue.questions import Task
from courses.tasks.models import Work

PERCENT = 100


def score(task: Task, points: Mapping[str, int]) -> int:
    """The share of all points in whole per cent, rounded down; points above a criterion's own do not count."""
    earned = sum(max(0, min(points.get(each.id, 0), each.points)) for each in task.rubric)
    return earned * PERCENT // task.points if task.points else 0


def passes(task: Task, points: Mapping[str, int]) -> bool:
    """Whether these points reach the pass mark."""
    return score(task, points) >= task.pass_mark


def may_write(versions: Sequence[Work]) -> bool:
    """Whether the learner may write: not while a trainer reads, and not after it has been passed."""
    return not any(work.waits or work.passed for work in versions)


def going(versions: Sequence[Work]) -> Work | None:
    """The version that is being written."""
    return next((work for work in versions if work.is_draft), None)


def beginning(versions: Sequence[Work]) -> str:
    """What stands in the field at first: the draft, else the text that was handed in last."""
    draft = going(versions)
    newest = max(versions, key=lambda work: work.number, default=None)
    found = draft or newest
    return found.text if found else ""
