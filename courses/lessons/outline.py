"""The outline beside a lesson: every lesson with its state, and where one stands. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.progress.rules import Done, finished

LONGEST_THREAD = 16


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson in the outline; `state` is done, now or todo."""

    key: str
    title: str
    url: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """A module in the outline."""

    title: str
    lessons: tuple[Step, ...]

    @property
    def done(self) -> int:
        """How many of its lessons are done."""
        return sum(1 for step in self.lessons if step.state == "done")

    @property
    def total(self) -> int:
        """How many lessons it has."""
        return len(self.lessons)

    @property
    def states(self) -> tuple[str, ...]:
        """The state of each of its lessons, as the thread draws them."""
        return tuple([step.state for step in self.lessons])


@dataclass(frozen=True)
class Outline:
    """All modules, and the place of the lesson at hand among all lessons (-1: the course page)."""

    modules: tuple[Part, ...]
    place: int

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every lesson in order."""
        return tuple(step for part in self.modules for step in part.lessons)

    @property
    def states(self) -> tuple[str, ...]:
        """The state of every lesson in order, as the thread draws them."""
        return tuple([step.state for step in self.steps])

    @property
    def done(self) -> int:
        """How many lessons are done."""
        return sum(1 for step in self.steps if step.state == "done")

    @property
    def module(self) -> Part:
        """The module of the lesson at hand."""
        ends = accumulate(part.total for part in self.modules)
        return next(part for part, end in zip(self.modules, ends, strict=True) if self.place < end)

    @property
    def previous(self) -> Step | None:
        """The lesson before the one at hand."""
        return self.steps[self.place - 1] if self.place > 0 else None

    @property
    def following(self) -> Step | None:
        """The lesson after the one at hand."""
        return self.steps[self.place + 1] if 0 <= self.place < len(self.steps) - 1 else None


def lesson_url(course_slug: str, lesson: Lesson) -> str:
    """The address of a lesson: plain, because every page asks it for a whole course (a test holds it to the route)."""
    return f"/courses/{course_slug}/{lesson.key}/"


def outline_of(live: LiveCourse, done: Mapping[str, Done], languages: tuple[str, ...], current: str = "") -> Outline:
    """The outline for somebody who did this, at the lesson with the key `current`."""
    drawn = live.shelf.kept(("outline", languages), lambda: _blank(live, languages))
    over = {key for key, did in done.items() if finished(did)}
    modules = tuple(Part(part.title, tuple(_now(step, over, current) for step in part.lessons)) for part in drawn)
    return Outline(modules, live.shelf.places.get(current, -1))


def _blank(live: LiveCourse, languages: Sequence[str]) -> tuple[Part, ...]:
    """The outline for somebody who did nothing yet."""

    def step(lesson: Lesson) -> Step:
        title = lesson.text(*languages).title
        return Step(lesson.key, title, lesson_url(live.slug, lesson), "todo", lesson.kind.value)

    return tuple(
        Part(module.text(*languages).title, tuple(map(step, module.lessons))) for module in live.course.modules
    )


def _now(step: Step, over: Collection[str], current: str) -> Step:
    state = "done" if step.key in over else "now" if step.key == current else "todo"
    return step if state == step.state else Step(step.key, step.title, step.url, state, step.kind)
