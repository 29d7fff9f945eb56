"""Addresses of topics and posts, made without asking the router: a list has twenty of them."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from academy.web.navigation import address_of
from alumni.forum.topics.rules import PAGE, page_from

WORD, LONGEST = re.compile(r"[^\W_]+"), 48
MARKS = frozenset({"Mn", "Cf"})
NAMELESS = "topic"


@lru_cache(maxsize=500)
def slug_of(title: str) -> str:
    """What stands for a title in an address: its words in their own script, as many as fit, with hyphens."""
    letters = unicodedata.normalize("NFC", title.casefold())
    words = WORD.findall("".join(char for char in letters if unicodedata.category(char) not in MARKS))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        kept = longer
    return kept or NAMELESS


def slug_for(title: str, *, behind_doors: bool) -> str:
    """What stands for a topic in its address; nothing of a title that was said behind closed doors."""
    return NAMELESS if behind_doors else slug_of(title)


def topic_path(topic_id: int, title: str, *, behind_doors: bool = False, at: int = 1) -> str:
    """The address of the page of a topic on which the post with the number `at` is."""
    slug = _quoted(slug_for(title, behind_doors=behind_doors))
    return page_at(f"{address_of('forum.index')}t/{topic_id}/{slug}", at)


_quoted = lru_cache(maxsize=500)(quote)


def page_at(path: str, number: int) -> str:
    """The address of the page with the post of this number, in the topic whose first page is at `path`."""
    first = page_from(number)
    return f"{path}/{first}" if first > PAGE else path


def follow_path(topic_id: int) -> str:
    """Where the form goes that says how closely somebody follows a topic."""
    return f"{address_of('forum.index')}t/{topic_id}/follow"


def tag_path(key: str) -> str:
    """The address of the topics with a tag."""
    return f"{address_of('forum.index')}tags/{quote(key)}"


def place_path(slug: str) -> str:
    """The address of a place."""
    return f"{address_of('forum.index')}{slug}/"


def post_path(topic_id: int, title: str, number: int, *, behind_doors: bool = False) -> str:
    """The address at which a post stands now."""
    return f"{topic_path(topic_id, title, behind_doors=behind_doors, at=number)}#p{number}"
