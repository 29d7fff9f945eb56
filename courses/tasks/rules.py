"""What points on a rubric are worth, and whether one may write. Pure; shares are exact and rounded down once."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from courses.catalogue.questions import HandIn, Task
from courses.tasks.models import Work, WorkState

PERCENT = 100
FAR_APART = 15
Points = Mapping[str, float]


def share(task: Task, points: Points) -> Fraction:
    """What these points are of all there are, exactly; points above a criterion's own or below none do not count."""
    earned = Fraction(0)
    for each in task.rubric:
        earned += min(max(Fraction(points.get(each.id, 0)), Fraction(0)), Fraction(each.points))
    return earned / task.points if task.points else Fraction(0)


def score(task: Task, points: Points, peers: Sequence[Points] = ()) -> int:
    """Whole per cent, rounded down: the marker's share, with the peers' mean where the task gives it a weight."""
    weight = Fraction(task.peers.weight, PERCENT) if task.peers and peers else Fraction(0)
    among_peers = sum((share(task, each) for each in peers), Fraction(0)) / len(peers) if peers else Fraction(0)
    return int(PERCENT * ((1 - weight) * share(task, points) + weight * among_peers))


def passes(task: Task, points: Points, peers: Sequence[Points] = ()) -> bool:
    """Whether these points reach the pass mark."""
    return score(task, points, peers) >= task.pass_mark


def mean(first: Points, second: Points) -> dict[str, float]:
    """Criterion by criterion the middle between two; whole where it is whole."""
    return {
        name: _tidy((Fraction(first.get(name, 0)) + Fraction(second.get(name, 0))) / 2) for name in {**first, **second}
    }


def _tidy(value: Fraction) -> float:
    return int(value) if value.denominator == 1 else float(value)


def far_apart(task: Task, first: Points, second: Points) -> bool:
    """Whether two markers are more than 15 per cent of all points apart."""
    return abs(share(task, first) - share(task, second)) * PERCENT > FAR_APART


def may_write(versions: Sequence[Work], resubmit: int | None = None) -> bool:
    """Whether the learner may write: not while a trainer reads, not after a pass, not when all tries are used."""
    return not any(work.waits or work.passed for work in versions) and tries_left(versions, resubmit) != 0


def tries_left(versions: Sequence[Work], resubmit: int | None) -> int | None:
    """How many times work may still be handed in; None: as often as one likes. What was sent back does not count."""
    if resubmit is None:
        return None
    return max(0, resubmit + 1 - sum(1 for work in versions if work.state == WorkState.NOT_YET))


def going(versions: Sequence[Work]) -> Work | None:
    """The version that is being written."""
    return next((work for work in versions if work.is_draft), None)


def newest(versions: Sequence[Work]) -> Work | None:
    """The last version, whatever became of it."""
    return max(versions, key=lambda work: work.number, default=None)


def beginning(versions: Sequence[Work]) -> str:
    """What stands in the field at first: the draft, else the text that was handed in last."""
    found = going(versions) or newest(versions)
    return found.text if found else ""


def is_whole(task: Task, text: str, files: Collection[object]) -> bool:
    """Whether there is what the task asks for: the text, a file, or (where both may come) either of them."""
    if task.hand_in is HandIn.TEXT:
        return bool(text.strip())
    return bool(files) or (task.hand_in is HandIn.BOTH and bool(text.strip()))
