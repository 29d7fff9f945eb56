"""What the worker does for quizzes."""

from datetime import datetime, timedelta

from academy import db
from academy.jobs import registry
from courses.quizzes import service

OVERDUE = "quizzes.overdue"
OFTEN = timedelta(minutes=5)


def init_app() -> None:
    """Let attempts that were left open be handed in soon after their time."""
    registry.add_interval(OVERDUE, lambda _values, now: hand_in_overdue(now), every=OFTEN)


def hand_in_overdue(now: datetime) -> None:
    """Hand in attempts whose time is over, some at a time, so that nobody waits long for the write lock."""
    done = service.MOST_AT_ONCE
    while done == service.MOST_AT_ONCE:
        with db.the_database().transaction() as session:
            done = service.close_overdue(session, now=now)
