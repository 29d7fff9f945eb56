"""What events allow. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alumni.events.models import ASKED, GOING, NOT_GOING, OPEN, WAITING, Event

LONGEST = timedelta(days=14)
FARTHEST = timedelta(days=730)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FEW_SEATS, FEW_PEOPLE = 3, 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of an event. `seats` None: as many as want to."""

    title: str
    text: str
    begins_at: datetime
    ends_at: datetime
    time_zone: str
    form: str
    town: str
    place: str
    link: str
    seats: int | None
    needs_approval: bool
    for_learners: bool
    languages: Collection[str]


class NoSuchHour(ValueError):
    """The clocks of this zone skip this hour on this day."""


class Room(StrEnum):
    """How much room an event has, as guests are told: never a number from which others could be counted."""

    ENDLESS = "endless"
    ENOUGH = "enough"
    FEW = "few"
    FULL = "full"


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """The instant at which a clock in this zone shows this; raise NoSuchHour where it never does.

    An hour that comes twice, because clocks go back, is its first one.
    """
    shown = datetime.combine(day, hour)
    moment = shown.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != shown:
        raise NoSuchHour
    return moment


def room(seats: int | None, going: int) -> Room:
    """How much room there is."""
    if seats is None:
        return Room.ENDLESS
    if going >= seats:
        return Room.FULL
    return Room.FEW if seats - going <= FEW_SEATS else Room.ENOUGH


def takes_answers(event: Event, now: datetime) -> bool:
    """Whether people may say that they come, or no longer do: until it begins."""
    return event.state == OPEN and not event.has_begun(now)


def after_coming(current: str, event: Event) -> str:
    """How somebody stands who says that they come, having stood like `current` ('' for nobody yet)."""
    if current not in {"", NOT_GOING}:
        return current
    if event.needs_approval:
        return ASKED
    return with_seat(event)


def with_seat(event: Event) -> str:
    """Whoever may come has a seat, or waits for one."""
    return WAITING if room(event.seats, event.going) is Room.FULL else GOING


def tells_of_others(hidden: int) -> bool:
    """Whether a list of guests says that there are others: only where nobody could guess who they are."""
    return hidden >= FEW_PEOPLE


def wants_day_reminder(event: Event, now: datetime) -> bool:
    """Whether to be reminded a day before still means something: not two hours before the beginning."""
    return event.begins_at - now > 2 * HOUR
