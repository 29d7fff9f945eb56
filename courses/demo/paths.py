"""The ways people take through a course: how far they came, how their quizzes and tasks went, since when silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.catalogue.content import Kind, Lesson

PASSED, RETURNED, NOT_YET, WAITING, DRAFT = "passed", "returned", "not yet", "waiting", "draft"
Misses = tuple[int, ...]

GOOD: Misses = (1,)


class Stop(StrEnum):
    """A lesson up to which somebody came, wherever it stands in a course however long."""

    TASK = "the first task"
    QUIZ = "the quiz after the first task"


@dataclass(frozen=True, slots=True)
class Path:
    """One way. `reach` is how much of all lessons is reached in order; `silent` are the days since the latest step.

    `quizzes` holds, quiz by quiz, how many questions were missed in each attempt (four and more fail);
    `task` what became of each version of a task; with `marked` False open answers still wait for the trainer.
    """

    reach: float | Stop
    silent: float = 1
    quizzes: tuple[Misses, ...] = ()
    task: tuple[str, ...] = (PASSED,)
    marked: bool = True
    leaves: bool = False
    skips: frozenset[Kind] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it leads to the end and leaves nothing out."""
        return self.reach == 1 and not self.skips

    def lessons(self, course: Sequence[Lesson]) -> Sequence[Lesson]:
        """Those of a course that are reached."""
        if not isinstance(self.reach, Stop):
            return course[: round(self.reach * len(course))]
        task = next((place for place, each in enumerate(course) if each.kind is Kind.TASK), len(course) - 1)
        quizzes = [place for place, each in enumerate(course) if each.kind is Kind.QUIZ and place > task]
        return course[: (task if self.reach is Stop.TASK else next(iter(quizzes), task)) + 1]

    def misses(self, quiz: int) -> Misses:
        """What was missed in each attempt at this quiz, counted from 0."""
        return self.quizzes[quiz] if quiz < len(self.quizzes) else GOOD


PATHS = {
    "absent": Path(0),
    "begun": Path(0.12, 5),
    "early": Path(0.3, 2, ((2,),)),
    "resting": Path(0.35, 23, ((0,),)),
    "middle": Path(0.53, 1.5, ((1,), (2,))),
    "again": Path(0.59, 3, ((4, 1), (5, 2))),
    "stuck": Path(0.47, 31, ((1,), (5, 4, 4))),
    "waiting": Path(Stop.TASK, 1.2, task=(WAITING,)),
    "returned": Path(Stop.TASK, 4, ((0,), (4, 2)), task=(RETURNED,)),
    "writing": Path(Stop.TASK, 0.5, task=(DRAFT,)),
    "learner": Path(Stop.QUIZ, 0.8, ((1,), (2,), (4,)), task=(RETURNED, DRAFT)),
    "late": Path(0.89, 2, ((2,), (1,), (2,)), task=(NOT_YET, PASSED)),
    "asked": Path(1, 1.1, ((0,), (1,), (0,), (2,)), marked=False),
    "finished": Path(1, 9, ((0,), (1,), (1,), (0,))),
    "winding": Path(1, 14, ((5, 2), (4, 1), (2,), (4, 1)), task=(RETURNED, PASSED)),
    "reader": Path(1, 20, skips=frozenset({Kind.QUIZ, Kind.TASK})),
    "left": Path(0.2, 60, leaves=True),
}
