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
    slug, first = quote(slug_for(title, behind_doors=behind_doors)), page_from(at)
    return f"{address_of('forum.index')}t/{topic_id}/{slug}{f'/{first}' if first > PAGE else ''}"


def post_path(topic_id: int, title: str, number: int, *, behind_doors: bool = False) -> str:
    """The address at which a post stands now."""
    return f"{topic_path(topic_id, title, behind_doors=behind_doors, at=number)}#p{number}"
