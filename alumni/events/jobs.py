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
    with db.the_database().transaction() as session:
        for event in guest_queries.soon(session, Event.day_told_at.is_(None), now, now + rules.DAY):
            event.day_told_at = now
            if rules.wants_day_reminder(event, now):
                _remind(session, event, now)
        for event in guest_queries.soon(session, Event.hour_told_at.is_(None), now, now + rules.HOUR):
            event.hour_told_at = now
            _remind(session, event, now)


def _remind(session: Session, event: Event, now: datetime) -> None:
    going = guest_queries.concerned(session, event.id, (GOING,))
    telling.say(session, telling.REMINDERS, "soon", event, to=going, now=now)
