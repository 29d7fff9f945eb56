"""What the worker does for quizzes."""

from datetime import datetime, timedelta

from academy import db
from academy.jobs import registry
from academy.jobs.registry import Values
from courses.catalogue import library
from courses.quizzes import remarking, service
from courses.quizzes.models import Remarking

OVERDUE = "quizzes.overdue"
OFTEN = timedelta(minutes=5)


def init_app() -> None:
    """Let attempts that were left open be handed in soon after their time, and answers be marked again by new keys."""
    registry.add_handler(remarking.JOB, mark_again)
    registry.add_interval(OVERDUE, lambda _values, now: hand_in_overdue(now), every=OFTEN)


def hand_in_overdue(now: datetime) -> None:
    """Hand in attempts whose time is over, some at a time, so that nobody waits long for the write lock."""
    done = service.MOST_AT_ONCE
    while done == service.MOST_AT_ONCE:
        with db.the_database().transaction() as session:
            done = service.close_overdue(session, now=now)


def mark_again(values: Values, now: datetime) -> None:
    """Go on marking answers by corrected keys until none is left, some in each transaction."""
    while _some_more(int(str(values["remarking"])), now):
        pass


def _some_more(number: int, now: datetime) -> bool:
    with db.the_database().transaction() as session:
        run = session.get(Remarking, number, with_for_update=True)
        live = library.edition(session, run.course_slug, run.edition) if run and run.ended_at is None else None
        return run is not None and live is not None and remarking.go_on(session, run, live, now)
