"""What can be a tag, and how many a topic has. Pure."""

import re

from academy.folding import fold

MOST_TAGS, LONGEST_TAG = 5, 30
APART = re.compile(r"[,،;؛\n|]+")


def typed_tags(line: str) -> list[str]:
    """The tags in a line, apart by commas; each once, however it is written."""
    found = {fold(each): each for part in APART.split(line) if fold(each := " ".join(part.strip(" #").split()))}
    return list(found.values())


def too_long(tags: list[str]) -> str:
    """The first tag that is longer than a tag may be; '' if none is."""
    return next((each for each in tags if len(each) > LONGEST_TAG or len(fold(each)) > LONGEST_TAG), "")
