"""What holds for topics and posts, decided without the world."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from alumni.forum.places.asking import Asker
from alumni.forum.topics.models import State

PAGE = 20
"""Posts on a page, and topics on a list."""
LONGEST_TITLE, LONGEST = 160, 20_000


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes: Markdown, the language it is in, what it warns of, the token of the form."""

    text: str
    token: str = ""
    language: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """What whoever asks may do in a place and, where one is at hand, with a topic in it."""

    reply: bool = False
    begin: bool = False
    keep_order: bool = False


def about(topic_id: int) -> str:
    """The word for a topic in notices."""
    return f"forum_topic:{topic_id}"


def page_from(number: int) -> int:
    """The number with which the page begins that shows the post of this number: 1, 21, 41 and so on."""
    return (max(number, 1) - 1) // PAGE * PAGE + 1


class Place(Protocol):
    """What decides in a category who may do what there."""

    @property
    def writers(self) -> str: ...  # noqa: D102
    @property
    def starters(self) -> str: ...  # noqa: D102
    @property
    def archived_at(self) -> datetime | None: ...  # noqa: D102


class Talk(Protocol):
    """What decides in a topic who may do what there."""

    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def closed_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def merged_into(self) -> int | None: ...  # noqa: D102


def rights_in(asker: Asker, category: Place, topic: Talk | None = None, *, keeps: bool = False) -> Rights:
    """What whoever asks may do in a place they may read; `keeps` says that they moderate it.

    An archived place is only read. In a closed topic only those who keep order write.
    """
    if asker.actor is None or category.archived_at is not None:
        return Rights()
    keeper = keeps or asker.keeps_order
    here = topic is None or _goes_on(topic, keeper=keeper)
    return Rights(
        reply=here and (keeper or asker.is_in(category.writers)),
        begin=keeper or asker.is_in(category.starters),
        keep_order=keeper,
    )


def _goes_on(topic: Talk, *, keeper: bool) -> bool:
    there = topic.merged_into is None and topic.state in {State.SHOWN, State.WAITING}
    return there and (keeper or topic.closed_at is None)


MILLION = 1_000_000
BELOW_ALL = 10**16


def brought_in_at(last_posted_at: datetime, topic_id: int) -> int:
    """Where a topic that was brought in stands in lists (`Topic.last_post_id`), until somebody writes in it here.

    Below everything that was written here, by the time of its last post; and so it is new to nobody.
    """
    return int(last_posted_at.timestamp()) * MILLION + topic_id % MILLION - BELOW_ALL
