"""Leave work for later, in the transaction of what it belongs to."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.jobs import pokes, running
from academy.jobs.models import Job
from academy.jobs.registry import Values


def enqueue(
    session: Session, *, job: str, values: Values, now: datetime, due_at: datetime | None = None, key: str | None = None
) -> None:
    """Let the handler registered under `job` do this after the commit, or from `due_at` on.

    `values` must be plain JSON. While a job with the same `key` waits, it is not added a second time.
    """
    row = Job(key=key, name=job, values=dict(values), created_at=now, due_at=due_at or now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        if key is None:
            raise
        return
    pokes.after_commit(running.PUMP)
