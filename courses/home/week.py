"""The days of this week on which somebody studied. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from courses.progress.queries import Standing

DAYS = 7


def days_studied(
    standings: Iterable[Standing], now: datetime, zone: ZoneInfo, *, begins: int = 0
) -> list[tuple[date, bool]]:
    """The week at hand, day by day, each with whether a lesson was done on it; `begins`: 0 is Monday, 5 Saturday."""
    today = now.astimezone(zone).date()
    first = today - timedelta(days=(today.weekday() - begins) % DAYS)
    active = {moment.astimezone(zone).date() for standing in standings for moment in standing.moments}
    return [(day, day in active) for day in (first + timedelta(days=count) for count in range(DAYS))]
