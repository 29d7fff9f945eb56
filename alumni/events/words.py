"""Events in words: when, where, how much room, how somebody stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from babel.dates import format_date

from academy import calendar_hijri, zones
from academy.i18n import Text, clock_time, current_language, current_locale, digits, long_date
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.moments import zone_name
from alumni.events.models import (
    ASKED,
    CANCELLED,
    DECLINED,
    GOING,
    NOT_GOING,
    OPEN,
    PROPOSED,
    REFUSED,
    WAITING,
    Event,
)
from alumni.events.rules import Room

ROOMS: Mapping[Room, Text] = {
    Room.ENDLESS: _l("As many as want to"),
    Room.ENOUGH: _l("There are seats left"),
    Room.FEW: _l("Only a few seats are left"),
    Room.FULL: _l("All seats are taken; others wait for one"),
}
STANDING: Mapping[str, tuple[Text, str]] = {
    GOING: (_l("You go"), "done"),
    WAITING: (_l("You wait for a seat"), "due"),
    ASKED: (_l("You asked to come"), "due"),
    NOT_GOING: (_l("You stay away"), "plain"),
    DECLINED: (_l("No place this time"), "plain"),
}
STATES: Mapping[str, tuple[Text, str]] = {
    PROPOSED: (_l("Waits to be opened"), "due"),
    REFUSED: (_l("Not opened"), "wrong"),
    CANCELLED: (_l("Cancelled"), "wrong"),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A day as a calendar's leaf shows it."""

    day: str
    month: str


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event in one zone, as words and for machines."""

    words: str
    iso: str


def times(event: Event) -> list[When]:
    """When it is: in the reader's zone, then in the event's own where its clocks show something else."""
    here = zones.current()
    lines = [_time(event)]
    with zones.telling(event.time_zone):
        if _clock(event.begins_at) != event.begins_at.astimezone(here).replace(tzinfo=None):
            lines.append(_time(event))
    return lines


def _clock(moment: datetime) -> datetime:
    return moment.astimezone(zones.current()).replace(tzinfo=None)


def _time(event: Event) -> When:
    begins, ends, zone = event.begins_at, event.ends_at, zone_name()
    if _clock(begins).date() == _clock(ends).date():
        words = _(
            "%(day)s, %(begins)s to %(ends)s (%(zone)s)",
            day=_day(begins),
            begins=clock_time(begins),
            ends=clock_time(ends),
            zone=zone,
        )
    else:
        words = _("%(begins)s to %(ends)s (%(zone)s)", begins=_moment(begins), ends=_moment(ends), zone=zone)
    return When(words, f"{begins.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")


def _day(moment: datetime) -> str:
    """The day; in languages of Afghanistan as both calendars write it."""
    language = current_language().code
    day = long_date(moment)
    if language not in calendar_hijri.MONTHS:
        return day
    return _("%(hijri)s (%(gregorian)s)", hijri=calendar_hijri.spelled(_clock(moment).date(), language), gregorian=day)


def _moment(moment: datetime) -> str:
    return _("%(day)s, %(time)s", day=_day(moment), time=clock_time(moment))


def leaf(event: Event) -> Leaf:
    """The day on which it begins, in the reader's zone and calendar."""
    day, language = _clock(event.begins_at).date(), current_language().code
    if language in calendar_hijri.MONTHS:
        local = calendar_hijri.solar_hijri(day)
        return Leaf(digits(str(local.day)), calendar_hijri.MONTHS[language][local.month - 1])
    return Leaf(digits(str(day.day)), format_date(day, "LLLL", locale=current_locale()))


def where(event: Event) -> str:
    """Where it is, as all who see it may know."""
    return _("Online") if event.is_online else event.town


def state_of(event: Event, answer: str, now: datetime) -> tuple[str, str] | None:
    """The most important thing to know in a list: words and their tone."""
    if event.state != OPEN:
        words, tone = STATES[event.state]
        return str(words), tone
    if event.is_over(now) and answer != GOING:
        return None
    if event.has_begun(now) and not event.is_over(now):
        return _("Under way"), "info"
    if answer in STANDING:
        words, tone = (_l("You had a seat"), "plain") if event.is_over(now) else STANDING[answer]
        return str(words), tone
    return None
