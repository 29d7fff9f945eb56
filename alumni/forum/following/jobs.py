"""What happens every day: how far people read what is long quiet is forgotten."""

from datetime import datetime, timedelta

from academy import db
from academy.jobs import registry
from academy.jobs.registry import Values
from alumni.forum.following import service

SOME = 500
JOB, EVERY = "forum.quiet", timedelta(days=1)


def forget_quiet(_values: Values, now: datetime) -> None:
    """Keep the tables of what was read small, some rows in each transaction."""
    gone = SOME
    while gone == SOME:
        with db.the_database().transaction() as session:
            gone = service.forget_quiet(session, now=now, some=SOME)


def init_app() -> None:
    """Let the worker do it."""
    registry.add_interval(JOB, forget_quiet, every=EVERY)
