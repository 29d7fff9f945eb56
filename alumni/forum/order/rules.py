"""What holds for order in the forum, decided without the world."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from academy.folding import fold
from alumni.forum.order.models import LINK, REFUSE, WAIT

QUIET = timedelta(days=90)
AFTERWARDS = timedelta(days=365)
"""A cohort stays in touch: its place is put away a year after its last day, and only once it is quiet."""


def is_over(over_since: date | None, quiet_since: datetime, now: datetime) -> bool:
    """Whether a place is put away by itself; `over_since` is None while what it belongs to goes on."""
    if over_since is None or now - quiet_since < QUIET:
        return False
    return over_since <= (now - AFTERWARDS).date()


MOST_LINKS, MOST_MENTIONS = 2, 3
SAME_AGAIN = timedelta(hours=24)
SHORTEST_SAME = 40
"""So many letters two texts share before they count as one that is sent around."""
_ENDINGS = "com|org|net|info|biz|edu|gov|int|eu|ru|kz|kg|tj|tm|uz|af|io|me|co|ly|gg|app|link|site|online|top|xyz|рф"
_SITE = re.compile(rf"(?:https?://|www\.)([\w.-]+)|(?<![\w@.])((?:[\w-]+\.)+(?:{_ENDINGS}))(?![\w-])", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w/])@\w")


@dataclass(frozen=True, slots=True)
class Watch:
    """Something watched: its kind, what is compared, and what it does."""

    kind: str
    key: str
    deed: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a text: `refuse` and `crowded` keep it from being sent, `wait` from being seen at once."""

    wait: bool = False
    refuse: bool = False
    crowded: bool = False


def sites_in(text: str) -> list[str]:
    """The names of the sites a text leads to, in small letters, one for each link."""
    found = (first or second for first, second in _SITE.findall(text))
    return [name.casefold().removeprefix("www.").strip(".") for name in found]


def key_of(kind: str, words: str) -> str:
    """What is compared of something watched."""
    if kind == LINK:
        return next(iter(sites_in(words)), "") or words.strip().casefold()
    return fold(words)


def mentions_in(text: str) -> int:
    """How many people a text calls."""
    return len(_MENTION.findall(text))


def verdict(text: str, *, newcomer: bool, watched: Collection[Watch], said_before: bool) -> Verdict:
    """What becomes of a text of somebody who keeps no order. `said_before`: they sent it elsewhere lately."""
    deeds = {each.deed for each in watched if _has(text, each)}
    links, mentions = len(sites_in(text)), mentions_in(text)
    return Verdict(
        wait=newcomer or said_before or WAIT in deeds,
        refuse=REFUSE in deeds,
        crowded=newcomer and (links > MOST_LINKS or mentions > MOST_MENTIONS),
    )


def _has(text: str, watch: Watch) -> bool:
    if watch.kind == LINK:
        return any(site == watch.key or site.endswith(f".{watch.key}") for site in sites_in(text))
    return f" {watch.key} " in f" {fold(text)} "
