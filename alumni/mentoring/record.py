"""What both of a pair agreed to show: lines under the record on their profiles. Nobody else is named there."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from academy import i18n, zones
from academy.i18n import gettext as _
from alumni.mentoring import pair_queries, words
from alumni.mentoring.models import Mentorship
from alumni.profiles.parts import Line
from alumni.profiles.viewers import Viewer


def lines(session: Session, _viewer: Viewer, member_id: int) -> Sequence[Line]:
    """The pairs this member was part of, with the thanks they got (one query)."""
    return [Line(_line(pair, member_id)) for pair in pair_queries.records_of(session, member_id)]


def _line(pair: Mentorship, member_id: int) -> str:
    year = i18n.digits(str(zones.home_day(pair.ended_at or pair.began_at).year))
    as_mentor, topic = pair.mentor_id == member_id, words.topic(pair.topic)
    thanks = pair.mentee_thanks if as_mentor else pair.mentor_thanks
    if as_mentor and thanks:
        return _("Was a mentor (%(topic)s, %(year)s): “%(thanks)s”", topic=topic, year=year, thanks=thanks)
    if thanks:
        return _("Had a mentor (%(topic)s, %(year)s): “%(thanks)s”", topic=topic, year=year, thanks=thanks)
    if as_mentor:
        return _("Was a mentor (%(topic)s, %(year)s)", topic=topic, year=year)
    return _("Had a mentor (%(topic)s, %(year)s)", topic=topic, year=year)
