"""Write iCalendar files. The library weighs eight megabytes: only what asks for a calendar imports this module."""

from collections.abc import Collection
from datetime import UTC

from icalendar import Calendar, Event

from alumni.events.calendar_entries import Entry


def written(entries: Collection[Entry], *, name: str, place: str, language: str) -> bytes:
    """A calendar of these events; `place` makes their identities differ from those of other sites.

    All times are in UTC: each calendar shows them in its owner's zone, and no list of zones has to travel along.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{place}//events//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_component(entry, place))
    return bytes(calendar.to_ical())


def _component(entry: Entry, place: str) -> Event:
    component = Event()
    component.add("uid", f"event-{entry.number}@{place}")
    component.add("dtstamp", entry.changed_at.astimezone(UTC))
    component.add("last-modified", entry.changed_at.astimezone(UTC))
    component.add("dtstart", entry.begins_at.astimezone(UTC))
    component.add("dtend", entry.ends_at.astimezone(UTC))
    component.add("summary", entry.title)
    component.add("sequence", entry.sequence)
    component.add("status", entry.status)
    component.add("url", entry.url)
    if entry.location:
        component.add("location", entry.location)
    return component
