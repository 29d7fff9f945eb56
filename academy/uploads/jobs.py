"""What the worker does for files: clears away what nothing holds, and the bytes of members who left."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import delete, select

from academy import db
from academy.jobs.registry import Values, add_handler, add_interval
from academy.uploads import holders, queries, store
from academy.uploads.models import Upload
from academy.uploads.service import FORGET

SWEEP = "uploads.sweep"
PATIENCE = timedelta(days=1)
SOME = 200


def init_app() -> None:
    """Let the worker do it."""
    add_interval(SWEEP, sweep, every=timedelta(hours=1))
    add_handler(FORGET, forget)


def forget(values: Values, now: datetime) -> None:
    """Give up the bytes of a member who was erased."""
    del now
    _clear(place for place, _since in store.listed(f"{values['member']}/"))


def sweep(_values: Values, now: datetime) -> None:
    """Remove files nothing has held for a day, then bytes without a row, then what was never finished."""
    before = now - PATIENCE
    last = _sweep_rows(before, 0)
    while last:
        last = _sweep_rows(before, last)
    _clear(place for place, since in store.listed() if since < before)
    store.delete_unfinished(before)


def _sweep_rows(before: datetime, after: int) -> int:
    """Look at some rows after this number; returns the last one looked at, 0 at the end."""
    some = select(Upload.id).where(Upload.id > after, Upload.created_at < before).order_by(Upload.id).limit(SOME)
    with db.the_database().transaction() as session:
        found = session.scalars(some).all()
        if not found:
            return 0
        loose = set(found) - holders.held(session, found)
        session.execute(delete(Upload).where(Upload.id.in_(loose)))
        return found[-1]


def _clear(places: Iterator[str]) -> None:
    while some := list(islice(places, SOME)):
        store.delete(_without_row(some))


def _without_row(places: Sequence[str]) -> list[str]:
    """Those of these places that no row leads to; what is not named as ours is left alone."""
    ours = {place: (int(member), digest) for place in places for member, digest in [_read(place)] if digest}
    with db.the_database().reading() as session:
        kept = queries.with_place(session, set(ours.values()))
    return [place for place, pair in ours.items() if pair not in kept]


def _read(place: str) -> tuple[str, str]:
    member, _, digest = place.partition("/")
    return (member, digest) if member.isdecimal() and "/" not in digest else ("0", "")
