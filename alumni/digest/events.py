"""Events ahead that the reader may see."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from academy.i18n import date_and_time
from academy.i18n import lazy_gettext as _l
from alumni.digest.pieces import MOST_LINES, Line, Piece, Reader
from alumni.events.queries import Wanted, page_of
from alumni.events.sight import Sight
from alumni.events.words import where


def _lines(session: Session, reader: Reader) -> Sequence[Line]:
    found = page_of(session, Sight(reader.actor, reader.viewer, learns=False), Wanted(), reader.now)
    return [
        Line(event.title, f"/alumni/events/{event.id}", f"{date_and_time(event.begins_at)} · {where(event)}")
        for event in found.events[:MOST_LINES]
    ]


EVENTS = Piece(_l("Events ahead"), 20, "/alumni/events", _lines)
