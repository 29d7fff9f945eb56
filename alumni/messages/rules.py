"""What holds for messages, decided without the world."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from alumni.audiences import Audience
from alumni.messages.models import ASKED, DECLINED, OPEN, WITHDRAWN

USUAL_CHOICE = Audience.COHORT
"""Whoever never chose is written to by their cohort alone, and even that only where they opened their name to it."""
LONGEST_REQUEST, LONGEST = 1000, 5000
TAKEN_BACK_FOR = timedelta(minutes=15)
KEPT = timedelta(days=365)
WARNED = timedelta(days=30)
UNANSWERED = timedelta(days=60)
CONTEXT = 10
OPEN_REQUESTS, OPEN_REQUESTS_OF_NEWCOMERS = 10, 3
FIRST_DAY = timedelta(days=1)
# With and without https://: the signs of Markdown's links, names after an @, the endings that most addresses have.
_ENDINGS = "com|org|net|info|biz|edu|gov|int|eu|ru|kz|kg|tj|tm|uz|af|io|me|co|ly|gg|app|link|site|online|top|xyz|рф"
_LINK = re.compile(rf"://|\]\(|\bwww\.|@\w|[\w-]\.(?:{_ENDINGS})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody sends, with the token of the form it was written in, and perhaps a file."""

    text: str
    token: str
    upload_id: int | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """What stands between the two of a conversation."""

    state: str
    there: bool
    apart: bool
    minor: bool
    staff: bool


def goes_on(between: Between) -> bool:
    """Whether the two can write on: both are there, nobody keeps the other away, and minors only hear from staff."""
    reachable = between.there and not between.apart and (between.staff or not between.minor)
    return between.state == OPEN and reachable


def waits_for(state: str, asked_by: int | None, member_id: int) -> bool:
    """Whether a member's own request stands: to them a declined one looks like one that waits."""
    return state in {ASKED, DECLINED} and asked_by == member_id


def may_ask(state: str, asked_by: int | None, member_id: int) -> bool:
    """Whether a new request can be made: one to the same person at a time, and none soon after it was withdrawn."""
    return not (state in {ASKED, DECLINED, WITHDRAWN} and asked_by == member_id)


def may_take_back(sent_at: datetime, now: datetime) -> bool:
    """Whether a message can still be deleted by who wrote it."""
    return now - sent_at <= TAKEN_BACK_FOR


def has_link(text: str) -> bool:
    """Whether a text leads, or could be taken to lead, somewhere else."""
    return _LINK.search(text) is not None


def goes_on_day(last_at: datetime, now: datetime) -> datetime | None:
    """When a conversation that is soon deleted goes; None while that is far."""
    gone = last_at + KEPT
    return gone if gone - now <= WARNED else None
