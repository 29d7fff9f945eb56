"""What stands in a feed, before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

TYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic in a feed; `html` are the words it began with, '' where they stay on the page."""

    url: str
    title: str
    by: str
    place: str
    language: str
    published: datetime
    updated: datetime
    html: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, the page it belongs to, and what is in it, the latest first."""

    url: str
    page: str
    site: str
    title: str
    language: str
    entries: Sequence[Entry]
    updated: datetime
