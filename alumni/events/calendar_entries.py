"""What calendars are given of an event."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in a calendar. `number` makes its identity, `sequence` says which version is the newer one."""

    number: int
    title: str
    begins_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int
    status: str
    location: str
    url: str
