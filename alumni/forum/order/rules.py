"""What holds for order in the forum, decided without the world."""

from datetime import date, datetime, timedelta

QUIET = timedelta(days=90)
AFTERWARDS = timedelta(days=365)
"""A cohort stays in touch: its place is put away a year after its last day, and only once it is quiet."""


def is_over(over_since: date | None, quiet_since: datetime, now: datetime) -> bool:
    """Whether a place is put away by itself; `over_since` is None while what it belongs to goes on."""
    if over_since is None or now - quiet_since < QUIET:
        return False
    return over_since <= (now - AFTERWARDS).date()
