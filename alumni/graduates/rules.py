"""Names as they are compared, and what may be done with somebody on the list. Pure."""

from datetime import datetime, timedelta

from academy.folding import fold
from alumni.graduates.models import INVITED, LISTED, REFUSED, WITHDRAWN

LINK_LIVES = timedelta(days=30)
BETWEEN_LETTERS = timedelta(days=1)
MOST_LETTERS = 3


def name_key(name: str) -> str:
    """A name as names are compared: folded, and in no order of its words."""
    return " ".join(sorted(fold(name).split()))


def may_be_invited(state: str, email: str, letters: int, invited_at: datetime | None, now: datetime) -> bool:
    """Whether a letter may go to somebody: not twice a day, three times at most, never to whoever said no."""
    if not email or letters >= MOST_LETTERS or state not in {LISTED, INVITED, WITHDRAWN}:
        return False
    return invited_at is None or now - invited_at >= BETWEEN_LETTERS


def may_be_withdrawn(state: str) -> bool:
    """Whether there is anything to take back."""
    return state not in {WITHDRAWN, REFUSED}
