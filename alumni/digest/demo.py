"""The digest in the demo: the alumna wants it every month, another every week."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy import zones
from alumni.digest import people as newcomers
from alumni.digest import queries, rules, service
from alumni.digest.models import Frequency

WANTED = {"alumnus": Frequency.MONTHLY, "gaukhar": Frequency.WEEKLY}
LAST = timedelta(days=25)


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Tell it."""
    newcomers.note(session)
    quiet = (rules.QUIET_FROM, rules.QUIET_TO)
    for key, frequency in WANTED.items():
        if key in people:
            service.choose(session, member_id=people[key], frequency=frequency, quiet=quiet, zone=zones.home(), now=now)
            choice = queries.choice_of(session, people[key])
            if choice is not None:
                choice.since = now - LAST
    session.flush()
