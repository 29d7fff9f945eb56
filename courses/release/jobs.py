"""What the worker does for release: it tells learners of lessons that opened by themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from academy import db, zones
from academy.jobs import registry
from courses.catalogue import library
from courses.catalogue.content import Status
from courses.catalogue.library import LiveCourse
from courses.enrolment.editions import learners
from courses.progress.queries import Standing, standings_in_course
from courses.release import queries, rules, telling
from courses.release.gates import learner_of, rulebook_of
from courses.release.rules import NOTHING, Facts

OPENED = "release.opened"
OFTEN = timedelta(hours=1)
LOOK_BACK = timedelta(days=1)  # a worker that slept through the night still tells; nobody is told twice
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """A lesson that opened on a day to these members."""

    live: LiveCourse
    lesson_key: str
    day: date
    member_ids: tuple[int, ...]


def init_app() -> None:
    """Let learners be told within the hour."""
    registry.add_interval(OPENED, lambda _values, now: tell_of_opened(now), every=OFTEN)


def tell_of_opened(now: datetime) -> None:
    """Tell of every lesson that opened by the day since yesterday; whoever has begun it knows already."""
    days = (zones.home_day(now - LOOK_BACK), zones.home_day(now))
    with db.the_database().reading() as session:
        courses = [live for live in library.live_courses(session).values() if live.status is not Status.DRAFT]
        found = [each for live in courses if _may_open(session, live, days) for each in _opened(session, live, days)]
    for each in found:
        with db.the_database().transaction() as session:
            telling.tell_opened(
                session,
                live=each.live,
                lesson_key=each.lesson_key,
                day=each.day,
                member_ids=each.member_ids,
                now=now,
            )


def _may_open(session: Session, live: LiveCourse, days: Sequence[date]) -> bool:
    openings = [
        opens for ruled in rulebook_of(live).ruled for opens in (ruled.lesson.opens, ruled.module.opens) if opens
    ]
    by_the_day = any(opens.on in days or opens.days for opens in openings)
    return by_the_day or (bool(openings) and queries.anything_said(session, live.slug))


def _opened(session: Session, live: LiveCourse, days: Sequence[date]) -> Iterator[Opened]:
    everybody = sorted(learners(session, live.slug))
    for start in range(0, len(everybody), AT_ONCE):
        some = everybody[start : start + AT_ONCE]
        facts = queries.facts_of(session, [live.slug], some)
        told: dict[tuple[str, date], list[int]] = {}
        for member_id, standing in standings_in_course(session, live.slug, some).items():
            for key, day in _of_learner(live, standing, facts.get((member_id, live.slug), NOTHING)):
                if days[0] <= day <= days[-1]:
                    told.setdefault((key, day), []).append(member_id)
        for (key, day), members in told.items():
            yield Opened(live, key, day, tuple(members))


def _of_learner(live: LiveCourse, standing: Standing, facts: Facts) -> Iterator[tuple[str, date]]:
    """Every lesson with a day that waits for nothing else and was not begun."""
    book, who = rulebook_of(live), learner_of(standing)
    joined_on = zones.home_day(standing.enrolled_at)
    for ruled in book.ruled:
        wanted = rules.conditions(ruled, joined_on, facts)
        known = ruled.lesson.key in who.touched | facts.begun
        if wanted.day and not known and not rules.needs_of(wanted.after, book, who.finished):
            yield ruled.lesson.key, wanted.day
