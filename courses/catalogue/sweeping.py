"""Clearing away the bytes of course files that no edition, draft or step of a draft names any more.

What is found loose is marked first and goes a week later, if it is still loose then: bytes that somebody is about to
name again are never lost. Each portion is a transaction of its own: a worker that dies leaves nothing half done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from academy import db
from academy.db import Base
from academy.jobs.registry import Values, add_interval
from courses.catalogue.models import StoredFile

SWEEP = "catalogue.sweep"
PATIENCE = timedelta(days=7)
SOME = 200


def init_app() -> None:
    """Let the worker do it once a day."""
    add_interval(SWEEP, sweep, every=timedelta(days=1))


def sweep(_values: Values, now: datetime) -> None:
    """Mark what is loose, and remove what has been so for a week."""
    last = ""
    while some := _some_after(last):
        last = some[-1]
        with db.the_database().transaction() as session:
            _sweep(session, some, now)


def _some_after(last: str) -> Sequence[str]:
    following = select(StoredFile.digest).where(StoredFile.digest > last).order_by(StoredFile.digest).limit(SOME)
    with db.the_database().reading() as session:
        return session.scalars(following).all()


def _sweep(session: Session, digests: Sequence[str], now: datetime) -> None:
    """Look at these; rows that somebody is naming at this moment are left for tomorrow."""
    free = select(StoredFile.digest).where(StoredFile.digest.in_(digests)).with_for_update(skip_locked=True)
    these, named = StoredFile.digest.in_(session.scalars(free).all()), _named()
    still = StoredFile.loose_since.is_not(None)
    mark = update(StoredFile).execution_options(synchronize_session=False)
    session.execute(mark.where(these, named, still).values(loose_since=None))
    session.execute(mark.where(these, ~named, ~still).values(loose_since=now))
    session.execute(
        delete(StoredFile)
        .where(these, ~named, StoredFile.loose_since < now - PATIENCE)
        .execution_options(synchronize_session=False)
    )


def _named() -> ColumnElement[bool]:
    return or_(*(exists().where(column == StoredFile.digest) for column in naming()))


def naming() -> list[Column[str]]:
    """Every column of any table that names stored files."""
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    return [each for each in columns if any(key.target_fullname == "stored_file.digest" for key in each.foreign_keys)]
