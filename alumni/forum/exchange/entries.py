"""What is brought in, whatever it was written in: people, places, topics and posts as plain frozen data.

Keys are those of the old forum, as text. Moments are ISO texts in UTC, so that an entry can lie in a scratch file.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from alumni.forum.topics.models import State


class Markup(StrEnum):
    """How the words of a post were written."""

    OURS = "ours"
    DISCOURSE = "discourse"
    HTML = "html"
    BBCODE = "bbcode"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the old forum; `numbered` is the other key by which posts may name them."""

    key: str
    name: str = ""
    email: str = ""
    numbered: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the old forum; `private` says that not everybody read it there. Circles are those of our exports."""

    key: str
    name: str
    slug: str = ""
    description: str = ""
    above: str = ""
    private: bool = False
    place: int = 50
    readers: str = ""
    writers: str = ""
    starters: str = ""
    made_for: str = ""
    open_since: str = ""
    archived_at: str = ""
    keepers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A topic. `answer` and `answered` name the post that answers it, by its key or by its number in the topic.

    What follows `origin` only our own exports tell.
    """

    key: str
    place: str
    title: str
    author: str = ""
    begun_at: str = ""
    closed: bool = False
    pinned: int = 0
    tags: tuple[str, ...] = ()
    answer: str = ""
    answered: int = 0
    origin: str = ""
    language: str = ""
    state: str = State.SHOWN
    closed_at: str = ""
    pinned_until: str = ""
    behind_doors: bool = False
    ends_at: str = ""
    merged_into: str = ""
    poll: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A post. `number` is 0 where the old forum has none; `name` is how its author was called there.

    `answers` and `answers_number` name the post it answers, by its key or by its number in the topic; `accepted` says
    that it is the answer of its topic. `uid` is what phpBB put into its marks. What follows it only our exports tell.
    """

    key: str
    talk: str
    at: str
    text: str
    markup: str
    number: int = 0
    author: str = ""
    name: str = ""
    answers: str = ""
    answers_number: int = 0
    edited_at: str = ""
    state: str = State.SHOWN
    wiki: bool = False
    accepted: bool = False
    origin: str = ""
    uid: str = ""
    language: str = ""
    warning: str = ""
    deed: str = ""
    locked: bool = False
    voice: int | None = None
    edits: int = 0
    helpful: int = 0
    history: tuple[dict[str, Any], ...] = field(default=())
    files: tuple[dict[str, Any], ...] = field(default=())


Entry = Person | Place | Talk | Said
KINDS: dict[str, type[Entry]] = {"person": Person, "place": Place, "talk": Talk, "said": Said}


def kind_of(entry: Entry) -> str:
    """The word for what an entry is."""
    return next(kind for kind, made in KINDS.items() if isinstance(entry, made))
