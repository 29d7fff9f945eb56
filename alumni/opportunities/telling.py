"""What members are told of opportunities: before one they saved closes, before one they posted ends."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy import db
from academy.i18n import lazy_gettext as _l
from academy.jobs.registry import Values
from academy.mail.writing import path_of
from academy.notices import kinds
from academy.notices.models import DAILY
from academy.notices.service import tell
from alumni.opportunities import queries
from alumni.opportunities.rules import ASKED_BEFORE, REMINDED_BEFORE

BATCH = 200
EVERY = timedelta(hours=6)
CLOSING = kinds.Kind(
    "opportunity_closing",
    _l("Opportunities you saved, before they close"),
    _l("An opportunity that you saved closes within three days."),
    mail=DAILY,
)
ENDING = kinds.Kind(
    "opportunity_ending",
    _l("Opportunities you posted, before they end"),
    _l("Is the opportunity that you posted still open? Say so, or it ends by itself."),
    mail=DAILY,
)


def register() -> None:
    """Let members choose how they are told."""
    kinds.add(CLOSING)
    kinds.add(ENDING)


def remind(_values: Values, now: datetime) -> None:
    """Tell everybody who is due, some at a time."""
    for portion in (_savers, _posters):
        while portion(now):
            pass


def _savers(now: datetime) -> bool:
    with db.the_database().transaction() as session:
        found = queries.closing(session, now, now + REMINDED_BEFORE, BATCH)
        for mark, row in found:
            mark.reminded_at = now
            _tell(session, CLOSING.name, mark.member_id, row.id, now)
        return bool(found)


def _posters(now: datetime) -> bool:
    with db.the_database().transaction() as session:
        found = queries.ending(session, now, now + ASKED_BEFORE, BATCH)
        for row in found:
            row.poster_reminded_at = now
            if row.poster_id is not None:
                _tell(session, ENDING.name, row.poster_id, row.id, now)
        return bool(found)


def _tell(session: Session, kind: str, member_id: int, number: int, now: datetime) -> None:
    url = path_of("opportunities.show", number=number)
    tell(session, member_ids=[member_id], kind=kind, values={}, url=url, now=now)
