"""What a profile's record says of sessions somebody ran."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from academy.i18n import ngettext
from alumni.facilitators import queries, words
from alumni.profiles.parts import Line
from alumni.profiles.viewers import Viewer


def lines(session: Session, _viewer: Viewer, member_id: int) -> Sequence[Line]:
    """How many sessions, and how many confirmed hours (one query); no titles, no places, no cohorts."""
    confirmed = queries.confirmed_of(session, member_id)
    if not confirmed:
        return ()
    hours = words.hours(sum(each.logged or 0 for each in confirmed))
    count = len(confirmed)
    return (Line(ngettext("Ran %(num)s session: %(hours)s", "Ran %(num)s sessions: %(hours)s", count, hours=hours)),)
