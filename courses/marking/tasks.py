"""A learner's work together with the task of the edition it was handed in under."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from academy.errors import NotFound
from courses.catalogue import library, moves
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import Criterion, Task
from courses.tasks.models import Work
from courses.tasks.queries import Submitted


@dataclass(frozen=True, slots=True)
class TaskCase:
    """Whose work on which task."""

    submitted: Submitted
    live: LiveCourse
    lesson: Lesson
    task: Task

    @property
    def work(self) -> Work:
        """The work itself."""
        return self.submitted.work

    @property
    def rubric(self) -> Sequence[Criterion]:
        """What is looked at, in the course's own language."""
        return self.task.rubric


def task_case(session: Session, submitted: Submitted) -> TaskCase:
    """The work with the task of its edition."""
    live = library.edition(session, submitted.work.course_slug, submitted.work.edition)
    lesson = moves.lesson_then(session, live, submitted.work.lesson_key) if live else None
    if live is None or lesson is None or lesson.task is None:
        raise NotFound  # cannot happen while editions are kept; a page says so rather than breaking
    return TaskCase(submitted, live, lesson, lesson.task)
