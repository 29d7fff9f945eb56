"""What a draft is, and where it belongs."""

import re
from dataclasses import dataclass

TOPIC, CATEGORY, POST = "topic", "category", "post"
_PLACE = re.compile(r"(topic|category|post):(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What somebody began to write."""

    text: str
    title: str = ""
    tags: str = ""
    warning: str = ""
    reply_to: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not (self.text.strip() or self.title.strip())


def place_of(kind: str, number: int) -> str:
    """The name of a place where something is written: a topic, a category, a post that is edited."""
    return f"{kind}:{number}"


def parted(place: str) -> tuple[str, int]:
    """The kind of a place and its number; ('', 0) for what is none."""
    found = _PLACE.fullmatch(place)
    return (found[1], int(found[2])) if found else ("", 0)
