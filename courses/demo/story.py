"""The whole story of the demo people as acts with their moments: two cohorts, a year apart, up to this hour."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from courses.demo import ceremony, desk, guest, honours, joining, learning, opening, reading, writing
from courses.demo.cast import ACCOUNTS, CREW, GRADUATES, LEARNERS, Person
from courses.demo.deeds import Deed, Try
from courses.demo.paths import PATHS
from courses.demo.world import FURTHER, Act, World
from courses.progress.rules import Tier

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BY_CODE = 5
OUTSIDER = Person(0, "visitor", False, "ru", PATHS["absent"], "", "Night Owl")
NEWCOMERS = (("newcomer", "Камила"), ("latecomer", "Ravshan"))
SHOWN = ("alumnus", "moderator", "gaukhar", "nodira", "ruslan", "shahnoza")
FINISHED_NOW = ("aigerim", "merdan", "nurgul")
OTHER_SPELLING = ("komron", "Комрон Зиёӣ")
ADMITTED, WAITING = (
    ("alumnus", "gaukhar", "tahmina", "trainer"),
    ("learner", "saule", "emil", "maryam", "hamid", "kamila"),
)
REFUSED = {
    "dana": "Please finish module 2 of the first course and ask again; there will be places in spring.",
    "sardor": "Сейчас мест нет. Пожалуйста, попросите ещё раз весной.",
}


@dataclass(frozen=True, slots=True)
class Year:
    """An intake: its people, its first and last day."""

    number: int
    people: tuple[Person, ...]
    begins: datetime
    ends: datetime


def years(now: datetime) -> tuple[Year, Year]:
    """The intake that has graduated, and the one that is under way."""
    begins = now - 200 * DAY
    before = Year(begins.year - 1, GRADUATES, begins - 365 * DAY, begins - 120 * DAY)
    return before, Year(begins.year, LEARNERS, begins, now + 25 * DAY)


def acts(world: World, now: datetime) -> list[Act]:
    """Everything that happened until now, first things first."""
    before, current = years(now)
    told = [
        *_founding(world, before.begins - 30 * DAY),
        *_intake(world, before, now),
        *_graduation(world, before.ends, now),
        *_intake(world, current, now),
        *_further_course(world, now),
        *_these_days(world, now),
        *honours.acts(world, before.ends, now),
    ]
    return sorted(told, key=lambda act: act.at)


def _founding(world: World, at: datetime) -> Iterator[Act]:
    for turn, person in enumerate(CREW):
        yield Act(at + turn * HOUR, partial(joining.join, world, person))
        yield Act(at + turn * HOUR + HOUR / 2, partial(joining.give_roles, world, person.key))


def _intake(world: World, year: Year, now: datetime) -> Iterator[Act]:
    """People join, are put into the cohort (some by code in the intake under way) and learn."""
    yield Act(year.begins - 20 * DAY, lambda at: desk.make_cohort(world, year.number, year.begins, year.ends, at))
    for person in year.people:
        yield Act(year.begins - 15 * DAY + person.turn * HOUR, partial(joining.join, world, person))
    coded = [person for person in year.people if year.ends > now and person.turn % BY_CODE == 0]
    others = [person for person in year.people if person not in coded]
    yield Act(year.begins - 5 * DAY, lambda at: desk.hand_out_code(world, year.number, coded, at))
    yield Act(year.begins - 2 * DAY, lambda at: desk.take_in(world, year.number, others, at))
    for person in year.people:
        yield from learning.acts(world, person, begin=year.begins, end=min(year.ends, now), now=now)


def _graduation(world: World, ends: datetime, now: datetime) -> Iterator[Act]:
    completed = [each.key for each in GRADUATES if each.path.whole]
    took_part = [each.key for each in GRADUATES if each.path.skips]
    yield Act(ends + 3 * DAY, lambda at: ceremony.issue(world, completed, Tier.COMPLETION, at))
    yield Act(ends + 3 * DAY + HOUR, lambda at: ceremony.issue(world, took_part, Tier.PARTICIPATION, at))
    yield Act(ends + 4 * DAY, lambda at: joining.give_roles(world, "moderator", at))
    yield Act(ends + 5 * DAY, lambda at: ceremony.show_names(world, SHOWN, at))
    yield Act(ends + 15 * DAY, lambda at: ceremony.write_anew(world, *OTHER_SPELLING, at))
    yield Act(now - 2 * DAY, lambda at: ceremony.issue(world, FINISHED_NOW, Tier.COMPLETION, at))


def _further_course(world: World, now: datetime) -> Iterator[Act]:
    yield Act(now - 44 * DAY, partial(desk.make_spare_codes, world))
    for turn, key in enumerate((*ADMITTED, *REFUSED)):
        yield Act(now - 40 * DAY + turn * HOUR, partial(desk.ask, world, key, turn))
        yield Act(now - 37 * DAY + turn * HOUR, partial(desk.decide, world, key, REFUSED.get(key, "")))
    for turn, key in enumerate(WAITING, start=len(ADMITTED) + len(REFUSED)):
        yield Act(now - (len(WAITING) - turn % len(WAITING)) * DAY, partial(desk.ask, world, key, turn))
    yield Act(now - 35.5 * DAY, partial(opening.open_at_once, world, "gaukhar"))
    yield Act(now - 36 * DAY, partial(opening.open_in_six_weeks, world, "alumnus"))
    lessons = world.live(FURTHER).course.modules[0].lessons
    for key, reached in (("alumnus", 2), ("gaukhar", 1), ("tahmina", len(lessons))):
        for turn, lesson in enumerate(lessons[:reached]):
            kind = Deed if lesson.quiz is None else Try
            yield Act(now - (30 - 3 * turn) * DAY, kind(world, key, turn, lesson, FURTHER).do)


def _these_days(world: World, now: datetime) -> Iterator[Act]:
    yield from _things_of_crew(world, now)
    for account in ACCOUNTS:
        yield Act(now - 60 * DAY, partial(joining.read_notices, world, account.key))
    yield Act(now - 50 * DAY, partial(joining.join, world, OUTSIDER))
    yield Act(now - 12 * DAY, partial(joining.suspend, world, OUTSIDER.key))
    for turn, (key, name) in enumerate(NEWCOMERS, start=1):
        yield Act(now - turn * DAY, partial(joining.register, world, key, name))
    yield Act(now - 2 * DAY, partial(writing.begin, world))
    yield Act(now - 26 * HOUR, partial(writing.add, world))
    yield Act(now - 20 * HOUR, partial(guest.comment, world))
    in_time = [person.key for person in LEARNERS if person.turn % 2]
    yield Act(now - 10 * DAY, partial(reading.give_later_days, world, in_time))
    yield Act(now - 9 * HOUR, partial(reading.read_each_other, world))
    yield Act(now - 5 * HOUR, partial(reading.talk, world))
    yield Act(now - HOUR / 6, partial(reading.mark_just_now, world))
    yield Act(now - HOUR, partial(joining.forget_password, world, "kakajan"))


def _things_of_crew(world: World, now: datetime) -> Iterator[Act]:
    """The admin reads a little of the course, to know what learners see."""
    admin = next(person for person in CREW if person.key == "admin")
    give: Callable[[datetime], None] = partial(desk.give_place, world, admin.key)
    yield Act(now - 90 * DAY, give)
    yield from learning.acts(world, admin, begin=now - 90 * DAY, end=now, now=now)
