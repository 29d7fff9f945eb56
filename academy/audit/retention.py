"""The log forgets what is older than a year, and the database lets it forget nothing younger."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy import db
from academy.audit.models import AuditEntry
from academy.jobs.registry import Values, add_interval

KEPT = timedelta(days=370)
EVERY = timedelta(hours=24)


def init_app() -> None:
    """Let the worker do it once a day."""
    add_interval("audit.forget", forget_the_old, every=EVERY)


def forget_the_old(_values: Values, now: datetime) -> None:
    """Do it now, in a short transaction of its own."""
    with db.the_database().transaction() as session:
        forget(session, now)


def forget(session: Session, now: datetime) -> None:
    """Remove the entries that are past their time."""
    session.execute(delete(AuditEntry).where(AuditEntry.at < now - KEPT))
