"""Whether a lesson is open to a learner, and if not, from when on and after what. Pure.

A module's rule holds for all its lessons beside their own. What somebody began or finished stays open to them,
whatever a later edition says. What trainers say for one learner goes before what they say for a cohort, and what they
say for a lesson before what they say for its module.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from courses.catalogue.content import Course, Kind, Lesson, Module
from courses.catalogue.questions import Opening


class Why(StrEnum):
    """Who or what set the day on which a lesson opens."""

    COURSE = "course"
    JOINING = "joining"
    COHORT = "cohort"
    TRAINERS = "trainers"


@dataclass(frozen=True, slots=True)
class Change:
    """What trainers said instead of a rule: open from a day on, or at once (None)."""

    on: date | None = None

    @property
    def at_once(self) -> bool:
        """Whether there is nothing to wait for any more."""
        return self.on is None


@dataclass(frozen=True, slots=True)
class Facts:
    """What concerns one learner beside the rules of the course: changes by target, days to shift, what was begun."""

    mine: Mapping[str, Change] = field(default_factory=dict)
    cohort: Mapping[str, Change] = field(default_factory=dict)
    shift: int = 0
    begun: frozenset[str] = frozenset()

    def change(self, target: str) -> tuple[Change, Why] | None:
        """What was said for this learner about a lesson or a module, and for whom it was said."""
        if target in self.mine:
            return self.mine[target], Why.TRAINERS
        return (self.cohort[target], Why.COHORT) if target in self.cohort else None


NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class Ruled:
    """A lesson that does not open at once, with the module it is in."""

    lesson: Lesson
    module: Module


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a course says about opening: its lessons with rules, and which lessons a name in `after:` stands for."""

    ruled: tuple[Ruled, ...]
    targets: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold for one lesson and one learner: a day has come (with why that day), others are finished."""

    day: date | None = None
    why: Why = Why.COURSE
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Something to be finished first: a lesson's key or a module's slug, and the lessons of it that are left."""

    target: str
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a lesson is not open: it opens at a moment (None: the day is not the reason), when `needs` are finished."""

    at: datetime | None
    why: Why
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody in a course: when they came, what they finished, in which lessons they have anything."""

    joined_at: datetime
    finished: frozenset[str]
    touched: frozenset[str]


def rulebook(course: Course) -> Rulebook:
    """The rules of a course. A preview lesson has none: it is open to everybody."""
    ruled = tuple(
        Ruled(lesson, module)
        for module in course.modules
        for lesson in module.lessons
        if (lesson.opens or module.opens) and not lesson.preview
    )
    targets: dict[str, tuple[str, ...]] = {lesson.key: (lesson.key,) for lesson in course.lessons}
    for module in course.modules:
        targets[module.slug] = tuple(each.key for each in module.lessons if each.kind is not Kind.SESSION)
    return Rulebook(ruled, targets)


def closed_lessons(book: Rulebook, who: Learner, facts: Facts, zone: ZoneInfo, now: datetime) -> dict[str, Closed]:
    """Every lesson that is not open to somebody now, in the order of the course, with the reason."""
    stays_open = who.touched | facts.begun
    found = {}
    for ruled in book.ruled:
        if ruled.lesson.key not in stays_open:
            closed = _closed(conditions(ruled, who.joined_at.astimezone(zone).date(), facts), book, who, zone, now)
            if closed is not None:
                found[ruled.lesson.key] = closed
    return found


def _closed(wanted: Conditions, book: Rulebook, who: Learner, zone: ZoneInfo, now: datetime) -> Closed | None:
    at = moment_of(wanted.day, zone) if wanted.day else None
    later = at if at is not None and at > now else None
    needs = needs_of(wanted.after, book, who.finished)
    return Closed(later, wanted.why, needs) if later or needs else None


def needs_of(after: Collection[str], book: Rulebook, finished: Collection[str]) -> tuple[Need, ...]:
    """What is left to be finished of these lessons and modules."""
    left = [Need(name, tuple(key for key in book.targets.get(name, ()) if key not in finished)) for name in after]
    return tuple(need for need in left if need.left)


def moment_of(day: date, zone: ZoneInfo) -> datetime:
    """The start of a day in this zone."""
    return datetime.combine(day, time(), zone)


def conditions(ruled: Ruled, joined_on: date, facts: Facts) -> Conditions:
    """What must hold for a lesson to open for somebody who joined on that day."""
    lesson, module = ruled.lesson, ruled.module
    own = facts.change(lesson.key)
    whole = facts.change(module.slug) if module.opens else None
    if own is not None and own[0].at_once:
        return Conditions()
    lifted = whole is not None and whole[0].at_once
    rules = [rule for rule in (lesson.opens, None if lifted else module.opens) if rule]
    after = tuple(dict.fromkeys(target for rule in rules for target in rule.after))
    if own is not None:
        days = [*_named(*own)]
    else:
        of_module = _days(module.opens, joined_on, facts.shift) if whole is None else _named(*whole)
        days = [*_days(lesson.opens, joined_on, facts.shift), *of_module]
    if not days:
        return Conditions(after=after)
    day, why = max(days, key=lambda each: each[0])
    return Conditions(day, why, after)


def _named(change: Change, why: Why) -> Iterator[tuple[date, Why]]:
    if change.on:
        yield change.on, why


def _days(opens: Opening | None, joined_on: date, shift: int) -> Iterator[tuple[date, Why]]:
    if opens and opens.on:
        yield opens.on + timedelta(days=shift), Why.COHORT if shift else Why.COURSE
    if opens and opens.days:
        yield joined_on + timedelta(days=opens.days), Why.JOINING


def most_generous(changes: Collection[Change]) -> Change:
    """Of what was said for several cohorts of one learner, what opens first."""
    return min(changes, key=lambda change: change.on or date.min)
