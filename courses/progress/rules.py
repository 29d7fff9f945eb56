"""What is left for the certificate: the completion rules of a course against what a learner did. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from courses.catalogue.content import Course, Kind, Lesson
from courses.progress.models import LessonState

FINISHED = frozenset({LessonState.DONE, LessonState.PASSED})
READ = frozenset({Kind.READING, Kind.SCENARIO})
WHOLE = 100


class Tier(StrEnum):
    """The two certificates a course may give."""

    COMPLETION = "completion"
    PARTICIPATION = "participation"


class ItemState(StrEnum):
    """How one line of the checklist stands."""

    DONE = "done"
    OPEN = "open"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Done:
    """What a learner did in one lesson: its state and the best score in per cent."""

    state: LessonState
    score: int | None = None
    edition: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist. `have` of `need` are lessons or tasks, or per cent for a quiz."""

    kind: Kind
    state: ItemState
    have: int
    need: int
    lesson: Lesson | None = None
    attempted: bool = False

    @property
    def assessed(self) -> bool:
        """Whether the line asks for more than taking part."""
        return self.kind in {Kind.QUIZ, Kind.TASK}


@dataclass(frozen=True, slots=True)
class Checklist:
    """Everything a course asks for its certificate, line by line; `earned` are tiers reached under older rules too."""

    items: tuple[Item, ...]
    earned: frozenset[Tier] = frozenset()

    def reached(self, tier: Tier) -> bool:
        """Whether the tier was earned, today or before the rules changed."""
        asked = [item for item in self.items if tier is Tier.COMPLETION or not item.assessed]
        return tier in self.earned or (bool(asked) and all(item.state is ItemState.DONE for item in asked))

    @property
    def complete(self) -> bool:
        """Whether the certificate of completion was earned."""
        return self.reached(Tier.COMPLETION)

    @property
    def left(self) -> tuple[Item, ...]:
        """The lines that are still open or waiting."""
        return () if self.complete else tuple(item for item in self.items if item.state is not ItemState.DONE)


def checklist(
    course: Course,
    done: Mapping[str, Done],
    earned: frozenset[Tier] = frozenset(),
    closed: Collection[str] = (),
) -> Checklist:
    """The checklist of this course for somebody who did this; lessons that are no longer there do not count.

    What is `closed` to them still counts, but is named as the next one only when nothing else of its kind is left.
    """
    rules, tasks, sessions = course.rules, frozenset({Kind.TASK}), frozenset({Kind.SESSION})
    items = (
        *_share(course, done, READ, (Kind.READING, rules.lessons), closed),
        *_quizzes(course, done),
        *_share(course, done, tasks, (Kind.TASK, rules.tasks), closed),
        *_share(course, done, sessions, (Kind.SESSION, rules.sessions), closed),
    )
    return Checklist(items, earned)


def _share(
    course: Course,
    done: Mapping[str, Done],
    kinds: frozenset[Kind],
    wanted: tuple[Kind, int],
    closed: Collection[str],
) -> tuple[Item, ...]:
    name, per_cent = wanted
    lessons = [lesson for lesson in course.lessons if lesson.kind in kinds] if per_cent else []
    need = -(-len(lessons) * per_cent // WHOLE)  # rounded up: 80 % of 3 sessions are 3
    if not need:
        return ()
    left = [lesson for lesson in lessons if not finished(done.get(lesson.key))]
    have, waiting = len(lessons) - len(left), sum(1 for lesson in left if _waits(done.get(lesson.key)))
    state = ItemState.DONE if have >= need else ItemState.WAITING if have + waiting >= need else ItemState.OPEN
    ahead = [lesson for lesson in left if lesson.key not in closed] or left
    next_one = ahead[0] if ahead and state is not ItemState.DONE else None
    return (Item(name, state, min(have, need), need, next_one),)


def _quizzes(course: Course, done: Mapping[str, Done]) -> tuple[Item, ...]:
    if not course.rules.quizzes:
        return ()
    return tuple(_quiz(lesson, done.get(lesson.key), pass_mark(course, lesson)) for lesson in quizzes_of(course))


def _quiz(lesson: Lesson, did: Done | None, need: int) -> Item:
    state = ItemState.DONE if finished(did) else ItemState.WAITING if _waits(did) else ItemState.OPEN
    return Item(Kind.QUIZ, state, (did.score or 0) if did else 0, need, lesson, attempted=did is not None)


def quizzes_of(course: Course) -> tuple[Lesson, ...]:
    """The quizzes of a course in order."""
    return tuple(lesson for lesson in course.lessons if lesson.kind is Kind.QUIZ)


def pass_mark(course: Course, lesson: Lesson) -> int:
    """The per cent that passes this quiz: its own mark, else the course's."""
    own = lesson.quiz.pass_mark if lesson.quiz else None
    return course.rules.quizzes if own is None else own


def finished(did: Done | None) -> bool:
    """Whether a lesson counts as done."""
    return did is not None and did.state in FINISHED


def _waits(did: Done | None) -> bool:
    return did is not None and did.state is LessonState.WAITING


def next_lesson(course: Course, done: Mapping[str, Done], closed: Collection[str] = ()) -> Lesson | None:
    """Where to go on: the first lesson to do after the furthest finished one, else the first gap, else what waits.

    None when everything is finished, or what is left is `closed` to whoever asks.
    """
    lessons = course.lessons
    furthest = max((place for place, lesson in enumerate(lessons) if finished(done.get(lesson.key))), default=-1)
    unfinished = [(place, lesson) for place, lesson in enumerate(lessons) if not finished(done.get(lesson.key))]
    left = [(place, lesson) for place, lesson in unfinished if lesson.key not in closed]
    to_do = [(place, lesson) for place, lesson in left if not _waits(done.get(lesson.key))]
    ahead = [(place, lesson) for place, lesson in to_do if place > furthest]
    return next((lesson for _, lesson in ahead or to_do or left), None)


def better(old: LessonState, new: LessonState) -> LessonState:
    """Of two states of one lesson the one that stands: what is finished stays finished, else the newer one."""
    if old in FINISHED:
        return LessonState.PASSED if LessonState.PASSED in {old, new} else old
    return new
