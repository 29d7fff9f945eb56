"""Passages in another language than their text: rendered in their place, each part marked with its language."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from academy.prose.texts import Source

PLACE = re.compile("\ue000([0-9]{1,5})\ue000")


class Borrowed(BlockProcessor):
    """Puts a borrowed passage where its place is; a place of no passage is left as it is."""

    def __init__(self, engine: Markdown, source: Source) -> None:
        super().__init__(engine.parser)
        self.passages = source.borrowed
        self.language = source.borrowed_from
        self.direction = source.borrowed_direction

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  Python-Markdown's signature
        """Whether this block is such a place."""
        found = PLACE.fullmatch(block.strip())
        return found is not None and int(found[1]) < len(self.passages)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Render the passage and mark what it became."""
        place = PLACE.fullmatch(blocks.pop(0).strip())
        assert place is not None
        holder = Element("div")
        self.parser.parseChunk(holder, self.passages[int(place[1])])
        for part in list(holder):
            part.set("lang", self.language)
            part.set("dir", self.direction)
            parent.append(part)
