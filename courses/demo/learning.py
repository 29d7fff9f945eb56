"""How a person goes through a course: the deeds of their path, spread over the days between two moments."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from random import Random

from courses.catalogue.content import Kind, Lesson
from courses.demo.cast import Person
from courses.demo.deeds import Decide, Deed, HandIn, Try
from courses.demo.world import MAIN, Act, World
from courses.enrolment import service as enrolment

LATE_START = timedelta(days=20)
ANSWERED_AFTER = 0.4
IRREGULAR = 0.4
UNEVEN = 0.6


def acts(world: World, person: Person, *, begin: datetime, end: datetime, now: datetime) -> Iterator[Act]:
    """What somebody did in the course between these moments; nothing of it lies after `now`."""
    chance = Random(person.key)  # noqa: S311  the same days for everybody at every load
    begin += LATE_START * chance.random()
    last = end - timedelta(days=person.path.silent) * (1 + UNEVEN * (chance.random() - 0.5))
    deeds = list(deeds_of(world, person))
    yield from _spread(deeds, begin, last, now, chance)
    if person.path.leaves:
        gone = last + timedelta(days=1)
        yield Act(gone, lambda at: _leave(world, person.key, at))


def deeds_of(world: World, person: Person) -> Iterator[Deed]:
    """Every deed of a person's path in order."""
    lessons, numbers = world.live(MAIN).course.lessons, {Kind.QUIZ: count(), Kind.TASK: count()}
    for lesson in person.path.lessons(lessons):
        if lesson.kind not in person.path.skips:
            yield from _with_lesson(world, person, lesson, numbers)


def _with_lesson(world: World, person: Person, lesson: Lesson, numbers: Mapping[Kind, Iterator[int]]) -> Iterator[Deed]:
    path, who = person.path, (world, person.key, person.turn, lesson)
    if lesson.kind is Kind.QUIZ:
        for misses in path.misses(next(numbers[Kind.QUIZ])):
            yield Try(*who, misses=misses, marked=path.marked)
    elif lesson.kind is Kind.TASK:
        later = next(numbers[Kind.TASK]) > 0
        for version, verdict in enumerate(path.task):
            yield HandIn(*who, version=version, verdict=verdict, later=later)
    elif lesson.kind is Kind.SCENARIO:
        yield Decide(*who)
    elif lesson.kind is not Kind.SESSION:
        yield Deed(*who)


def _spread(deeds: Sequence[Deed], begin: datetime, last: datetime, now: datetime, chance: Random) -> Iterator[Act]:
    gap = (last - begin) / max(1, len(deeds))
    for turn, deed in enumerate(deeds, start=1):
        at = begin + gap * (turn - IRREGULAR * chance.random() * (turn < len(deeds)))
        yield Act(at, deed.do)
        yield Act(at + min(gap, now - at) * ANSWERED_AFTER, deed.reply)


def _leave(world: World, key: str, at: datetime) -> None:
    enrolment.leave(world.session, course_slug=MAIN, member_id=world.number(key), now=at)
