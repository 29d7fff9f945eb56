"""What the worker does for events: reminds those who go, a day and an hour before."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy import db
from academy.jobs.registry import Values, add_interval
from alumni.events import guest_queries, rules, telling
from alumni.events.models import GOING, Event

REMIND = "events.remind"


def init_app() -> None:
    """Let the worker do it."""
    add_interval(REMIND, remind, every=timedelta(minutes=5))


def remind(_values: Values, now: datetime) -> None:
    """Remind the guests and hosts of each event once a day and once an hour before it begins."""
    for portion in (_some_told_a_day_before, _some_told_an_hour_before):
        while portion(now):
            pass


def _some_told_a_day_before(now: datetime) -> bool:
    with db.the_database().transaction() as session:
        events = guest_queries.soon(session, Event.day_told_at.is_(None), now, now + rules.DAY)
        for event in events:
            event.day_told_at = now
            if rules.wants_day_reminder(event, now):
                _remind(session, event, now)
    return bool(events)


def _some_told_an_hour_before(now: datetime) -> bool:
    with db.the_database().transaction() as session:
        events = guest_queries.soon(session, Event.hour_told_at.is_(None), now, now + rules.HOUR)
        for event in events:
            event.hour_told_at = now
            _remind(session, event, now)
    return bool(events)


def _remind(session: Session, event: Event, now: datetime) -> None:
    going = guest_queries.concerned(session, event.id, (GOING,))
    telling.say(session, telling.REMINDERS, "soon", event, to=going, now=now)
