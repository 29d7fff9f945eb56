"""The days of this week on which somebody studied. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from courses.progress.queries import Standing

DAYS = 7


def days_studied(standings: Iterable[Standing], now: datetime, zone: ZoneInfo) -> list[tuple[date, bool]]:
    """The seven days of the week at hand, Monday first, each with whether a lesson was done on it."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    active = {moment.astimezone(zone).date() for standing in standings for moment in standing.moments}
    return [(day, day in active) for day in (monday + timedelta(days=count) for count in range(DAYS))]
