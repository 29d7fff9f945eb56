"""When a learner's work is due: the one place where the day of a person is worked out (`due_of`)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from academy import zones
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import Due, Late, Task
from courses.lessons.dues import Day
from courses.progress.queries import Standing

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when work is asked for, until when it is taken as if in time, and whether later work is refused."""

    at: datetime
    closes: datetime
    refuses: bool

    @property
    def grace(self) -> bool:
        """Whether there is time after the day itself."""
        return self.closes > self.at

    def is_late(self, now: datetime) -> bool:
        """Whether work that comes now is late."""
        return now > self.closes

    def is_shut(self, now: datetime) -> bool:
        """Whether work that comes now is refused."""
        return self.refuses and self.is_late(now)


def worked_out(due: Due, joined_at: datetime, zone: ZoneInfo) -> Deadline:
    """The end of the day a task names, or of the day so many days after joining, in this zone."""
    day = due.day or joined_at.astimezone(zone).date() + (due.days or 0) * DAY
    at = datetime.combine(day + DAY, time(), zone) - timedelta(seconds=1)
    closes = datetime.combine(day + (1 + due.grace) * DAY, time(), zone) - timedelta(seconds=1)
    return Deadline(at, closes, due.late is Late.REFUSE)


def late_if_joined_before(due: Due, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Before which moment somebody joined whose work is late now; None when nobody's is: `worked_out` turned round."""
    latest = (now + timedelta(seconds=1) - timedelta.resolution).astimezone(zone).date()  # closed by its first moment
    if due.day is not None:
        return now + DAY if due.day + (1 + due.grace) * DAY <= latest else None
    return datetime.combine(latest - (due.grace + (due.days or 0)) * DAY, time(), zone)


def extended(deadline: Deadline, until: datetime | None) -> Deadline:
    """The deadline of somebody who was given until a later moment; never an earlier one."""
    if until is None or until <= deadline.at:
        return deadline
    return Deadline(until, max(until, deadline.closes), deadline.refuses)


def due_of(live: LiveCourse, lesson_key: str, member_id: int, standing: Standing | None) -> Deadline | None:
    """When this member's work on this task is due; None when it has no day, or for somebody without a place."""
    del member_id
    lesson = live.lessons.get(lesson_key)
    task: Task | None = lesson.task if lesson else None
    if task is None or task.due is None or standing is None:
        return None
    return extended(
        worked_out(task.due, standing.enrolled_at, zones.home()), standing.allowance.extensions.get(lesson_key)
    )


def late_tasks(live: LiveCourse, member_id: int, standing: Standing, now: datetime) -> list[str]:
    """The tasks whose day is over for this member, who has handed nothing in there."""
    missing = [key for key, lesson in live.lessons.items() if lesson.task is not None and key not in standing.done]
    dues = {key: due_of(live, key, member_id, standing) for key in missing}
    return [key for key, due in dues.items() if due is not None and due.is_late(now)]


def of_lesson(live: LiveCourse, lesson_key: str, member_id: int, standing: Standing) -> Day | None:
    """The same for lists of lessons."""
    deadline = due_of(live, lesson_key, member_id, standing)
    if deadline is None:
        return None
    return Day(deadline.at, deadline.closes if deadline.refuses else None)
