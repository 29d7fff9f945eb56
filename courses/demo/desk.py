"""What the admin did: cohorts and who is in them, codes, answers to requests for a place."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from courses.cohorts import service as cohorts
from courses.demo.cast import Person
from courses.demo.joining import note
from courses.demo.world import FURTHER, MAIN, World, text
from courses.enrolment import intake, queries, telling
from courses.enrolment import service as enrolment
from courses.enrolment.intake import Outcome


def make_cohort(world: World, year: int, starts: datetime, ends: datetime, now: datetime) -> None:
    """Make the intake of a year."""
    cohort = cohorts.make(
        world.session,
        course_slug=MAIN,
        name=f"Cohort {year}",
        year=year,
        starts_on=starts.date(),
        ends_on=ends.date(),
        now=now,
    )
    world.cohorts[year] = cohort
    note(world, "cohort.made", f"cohort:{cohort.id}", MAIN, now)


def take_in(world: World, year: int, people: Sequence[Person], now: datetime) -> None:
    """Put people into an intake by their addresses, and tell them."""
    cohort = world.cohorts[year]
    taken = intake.take_in(world.session, cohort=cohort, addresses=[each.email for each in people], now=now)
    added = [each.member_id for each in taken if each.outcome is Outcome.ADDED and each.member_id is not None]
    for member_id in added:
        note(world, "cohort.person_added", f"cohort:{cohort.id}", f"member:{member_id}", now)
    tell_joined(world, added, now)


def tell_joined(world: World, member_ids: Sequence[int], now: datetime) -> None:
    """Tell people that they have a place in the course."""
    title = world.live(MAIN).course.title
    telling.tell_joined(world.session, member_ids=member_ids, course_slug=MAIN, title=title, now=now)


def give_place(world: World, key: str, now: datetime) -> None:
    """Give somebody a place outside any cohort."""
    enrolment.give_place(world.session, course_slug=MAIN, member_id=world.number(key), way="open", now=now)
    tell_joined(world, [world.number(key)], now)


def hand_out_code(world: World, year: int, people: Sequence[Person], now: datetime) -> None:
    """Make a code for an intake, with which these people then come by themselves."""
    code = _code(world, MAIN, cohort_id=world.cohorts[year].id, seats=60, expires_at=now + timedelta(days=30), now=now)
    for turn, person in enumerate(people, start=1):
        enrolment.enrol_by_code(
            world.session,
            live=world.live(MAIN),
            member_id=world.number(person.key),
            code=code,
            now=now + timedelta(hours=turn),
        )


def make_spare_codes(world: World, now: datetime) -> None:
    """Make a code that still works, one that will have run out, and one that is stopped at once."""
    _code(world, FURTHER, cohort_id=None, seats=12, expires_at=None, now=now)
    _code(world, FURTHER, cohort_id=None, seats=5, expires_at=now + timedelta(days=7), now=now)
    stopped = queries.code_named(
        world.session, _code(world, MAIN, cohort_id=None, seats=None, expires_at=None, now=now)
    )
    if stopped is not None:
        enrolment.stop_code(stopped, now=now)
        note(world, "code.stopped", f"code:{stopped.id}", MAIN, now)


def _code(
    world: World, slug: str, *, cohort_id: int | None, seats: int | None, expires_at: datetime | None, now: datetime
) -> str:
    made = enrolment.make_code(
        world.session,
        course_slug=slug,
        cohort_id=cohort_id,
        seats=seats,
        expires_at=expires_at,
        by=world.number("admin"),
        now=now,
    )
    note(world, "code.made", f"code:{made.id}", slug, now)
    return made.code


def ask(world: World, key: str, turn: int, now: datetime) -> None:
    """Somebody asks for a place in the course that takes people by decision."""
    motive = text("motives", turn)
    enrolment.ask(world.session, live=world.live(FURTHER), member_id=world.number(key), motive=motive, now=now)


def decide(world: World, key: str, answer: str, now: datetime) -> None:
    """The admin admits somebody, or refuses with an answer."""
    request = queries.request_of(world.session, world.number(key), FURTHER)
    if request is None:
        return
    by, title = world.number("admin"), world.live(FURTHER).course.title
    enrolment.decide(world.session, request=request, admitted=not answer, answer=answer, by=by, now=now)
    telling.tell_decision(world.session, request=request, title=title, now=now)
    note(world, f"request.{request.state}", f"request:{request.id}", FURTHER, now)
