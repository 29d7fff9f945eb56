"""Time zones: the academy's own, and the one in which the page or letter at hand tells times."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import g

from academy.current import the_settings
from academy.people.actor import current_actor


def home() -> ZoneInfo:
    """The zone of the academy: certificates carry its days."""
    return ZoneInfo(the_settings().time_zone)


def current() -> ZoneInfo:
    """The zone of whoever reads; the academy's own for visitors and for those who chose none."""
    actor = current_actor()
    chosen: str = g.get("zone_of_letter") or (actor.time_zone if actor else "")
    return (_known(chosen) if chosen else None) or home()


@lru_cache(maxsize=100)
def _known(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # this machine's list of zones no longer has it
        return None


@contextmanager
def telling(zone: str) -> Iterator[None]:
    """Tell times in the zone of this name for a moment ('': the academy's own); letters are in their reader's."""
    before: str = g.get("zone_of_letter", "")
    g.zone_of_letter = zone or the_settings().time_zone
    try:
        yield
    finally:
        g.zone_of_letter = before


def home_day(moment: datetime) -> date:
    """The day it was in the academy."""
    return moment.astimezone(home()).date()
