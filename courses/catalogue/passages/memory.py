"""What a translation remembers of its source: `made_from` in the front matter of a translated file. Pure.

Each entry is two short digests, of the source's passage and of the translated one: `3f2a91c4:77aa01bc`. A digest alone
is a passage that still stands there in the source's own words; `3f2a91c4:-` is one that the translation leaves out on
purpose. A passage that no entry knows was written by hand: nobody noted which source it was made from.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from courses.catalogue.reader.front_matter import Node

KEY = "made_from"
ENTRY = re.compile(r"([0-9a-f]{8})(?::([0-9a-f]{8}|-))?")
NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Memory:
    """Which sources translated passages were made from, all by their digests."""

    made: Mapping[str, frozenset[str]] = field(default_factory=dict)
    copied: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is remembered."""
        return bool(self.made or self.copied or self.left_out)


def entry(source: str, target: str = "") -> str:
    """One thing to remember; without a target: the source's own words stand there still."""
    return f"{source}:{target}" if target else source


def read(entries: Iterable[str]) -> Memory:
    """What these entries say; what is no entry says nothing."""
    made: dict[str, set[str]] = {}
    copied, left_out = set(), set()
    for match in filter(None, map(ENTRY.fullmatch, entries)):
        source, target = match.groups()
        if target == NOWHERE:
            left_out.add(source)
        elif target is None:
            copied.add(source)
        else:
            made.setdefault(target, set()).add(source)
    return Memory(
        {target: frozenset(sources) for target, sources in made.items()}, frozenset(copied), frozenset(left_out)
    )


def memory_of(keys: Mapping[str, Node] | None) -> Memory:
    """What a front matter remembers."""
    node = (keys or {}).get(KEY)
    values = node.value if node is not None and isinstance(node.value, list) else []
    return read(each.value for each in values if isinstance(each.value, str))
