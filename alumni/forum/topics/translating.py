"""What a service for translations would be sent of a post, and by which address. Pure: nothing here asks anybody."""

import re
from urllib.parse import quote, urlsplit

from alumni.forum.places import circles

LONGEST = 1_500
"""So many letters fit into an address that services still take, in every script."""
OPEN = frozenset({circles.EVERYONE, circles.MEMBERS})
"""For these circles anybody can read a place, or join those who do; elsewhere a page warns first."""
_WHOSE = re.compile(r"^(?:>[ \t]*)+(?:[^\[\]\n]{1,200}, )?\[#\d+\]\(/forum/p/\d+\):[ \t]*$\n?", re.MULTILINE)
_LINK = re.compile(r"\[([^\]\n]{0,200})\]\([^)\n]{0,2000}\)")
_MENTION = re.compile(r"(?<![\w/])@[A-Za-z0-9][\w-]*")
_MARKS = re.compile(r"[*_`~]{1,3}|^[ \t]*(?:[#>][ \t]*)+", re.MULTILINE)
_EMPTY = re.compile(r"\n{3,}")


def words_of(text: str) -> str:
    """The words of a post without marks, without where its links lead, and without the handles it mentions."""
    bare = _MENTION.sub("@…", _LINK.sub(r"\1", _WHOSE.sub("", text)))
    words = _EMPTY.sub("\n\n", _MARKS.sub("", bare)).strip()
    if len(words) <= LONGEST:
        return words
    cut = words.rfind(" ", 0, LONGEST - 1)
    return words[: cut if cut > 0 else LONGEST - 2].rstrip() + " …"


def can_be_sent(language: str, reads: str, *, behind_doors: bool) -> bool:
    """Whether there is anything to translate: the language is known, another one, and not said behind closed doors."""
    return bool(language and reads and language != reads and not behind_doors)


def address(service: str, words: str, *, language: str, reads: str) -> str:
    """The service's address with these words, from one language into another; `service` is the setting."""
    values = {"{text}": words, "{from}": language, "{to}": reads}
    return re.sub(r"\{(?:text|from|to)\}", lambda found: quote(values[found[0]], safe=""), service)


def host_of(service: str) -> str:
    """Whose service it is, as a reader knows it."""
    return urlsplit(service).hostname or ""
