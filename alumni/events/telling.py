"""What guests, hosts and moderators are told of events. No place, no link and no name of anybody is in it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from academy.i18n import Text, date_and_time
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import path_of
from academy.moments import zone_name
from academy.notices.kinds import Kind, Values
from academy.notices.models import AT_ONCE
from academy.notices.service import tell
from alumni.events import guest_queries
from alumni.events.models import Event

SENTENCES: Mapping[str, Text] = {
    "place": _l("You have a place at “%(title)s”: %(when)s. The page of the event says where it is."),
    "in_line": _l(
        "The hosts of “%(title)s” would like you to come, but all seats are taken: you are on the waiting list."
    ),
    "declined": _l("The hosts of “%(title)s” have no place for you this time."),
    "moved": _l("“%(title)s” has a new time: %(when)s."),
    "replaced": _l("“%(title)s” will be somewhere else. The page of the event says where."),
    "moved_and_replaced": _l("“%(title)s” has a new time, %(when)s, and will be somewhere else."),
    "renamed": _l("An event that you answered to is called “%(title)s” now."),
    "cancelled": _l("“%(title)s” is cancelled. It was to be on %(when)s."),
    "notes": _l("There are notes of “%(title)s” for you."),
    "soon": _l("“%(title)s” begins on %(when)s."),
    "asks": _l("Somebody asks to come to “%(title)s”."),
    "host_asked": _l("You are asked to hold “%(title)s” with others: %(when)s."),
    "changed": _l("“%(title)s” was changed: %(when)s. Its page says what is new."),
    "on_again": _l("“%(title)s” takes place after all: %(when)s."),
}


def _sentence(values: Values) -> str:
    when = f"{date_and_time(datetime.fromisoformat(str(values['at'])))} ({zone_name()})"
    return str(SENTENCES[str(values["what"])]) % {"title": values["title"], "when": when}


GUESTS = Kind("events.guest", _l("News of events that you answered to"), _sentence, mail=AT_ONCE)
REMINDERS = Kind("events.reminder", _l("Reminders of events, a day and an hour before"), _sentence, mail=AT_ONCE)
HOSTS = Kind("events.host", _l("Events that you hold or look after"), _sentence)


def page_of(event: Event) -> str:
    """Where an event's page is; works without a request."""
    return path_of("events.show", number=event.id)


def say(
    session: Session, kind: Kind, what: str, event: Event, *, to: Collection[int], now: datetime, key: str | None = None
) -> None:
    """Tell these members one of the sentences above."""
    values = {"what": what, "title": event.title, "at": event.begins_at.isoformat()}
    tell(session, member_ids=to, kind=kind.name, values=values, url=page_of(event), now=now, key=key)


def say_to_guests(session: Session, what: str, event: Event, now: datetime) -> None:
    """Tell all who go, wait or asked."""
    say(session, GUESTS, what, event, to=guest_queries.concerned(session, event.id), now=now)
