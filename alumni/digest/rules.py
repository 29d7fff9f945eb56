"""When the letter is due. Pure: no database, no web."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alumni.digest.models import Frequency

WHAT = "digest"
"""The word of these letters in links that stop them."""
AT = time(9)
QUIET_FROM, QUIET_TO = 21, 8
LOOK_BACK = timedelta(days=31)


def next_due(frequency: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the next letter is due: on Mondays, or on the first of a month, in the morning of the reader's day."""
    if frequency == Frequency.NEVER:
        return None
    today = now.astimezone(zone).date()
    if frequency == Frequency.WEEKLY:
        day = today + timedelta(days=7 - today.weekday())
    else:
        day = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(day, AT, zone)


def is_quiet(now: datetime, zone: ZoneInfo, begins: int, ends: int) -> bool:
    """Whether letters wait at this moment; the same hour twice means that none does."""
    hour = now.astimezone(zone).hour
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends


def quiet_until(now: datetime, zone: ZoneInfo, ends: int) -> datetime:
    """The moment at which the quiet hours that last now are over."""
    here = now.astimezone(zone)
    end = datetime.combine(here.date(), time(ends), zone)
    return end if end > here else datetime.combine(here.date() + timedelta(days=1), time(ends), zone)
