"""Courses of the tests are published again and again; each of their texts is rendered once, and folded once."""

import hashlib
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from academy import search
from academy.folding import document
from academy.markdown import render_guarded
from academy.prose.texts import MarkdownTooHard, RenderedText, Source
from academy.prose.wire import pack, unpack_rendered
from courses.catalogue import rendering
from tests.remembered import Memory, memory

LONG = 500
"""Letters of a text that is quicker looked up than folded."""


def _name(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class Renderings:
    """What the guarded child made of texts; it is asked only for those that nobody has asked it for."""

    def __init__(self, shared: Memory) -> None:
        self._shared = shared
        self._own: dict[bytes, RenderedText] = {}

    def __call__(self, sources: Iterable[Source], *, in_all: float = math.inf) -> list[RenderedText]:
        """Render as academy.markdown does; what is refused is never kept."""
        texts = list(sources)
        names = [_name(repr(source)) for source in texts]
        first = dict(zip(reversed(names), reversed(range(len(names))), strict=True))
        unknown = {name: first[name] for name in dict.fromkeys(names) if not self._knows(name)}
        places = list(unknown.values())
        try:
            made = render_guarded([texts[place] for place in places], in_all=in_all) if places else []
        except MarkdownTooHard as error:
            raise MarkdownTooHard(places[error.place]) from error
        new = dict(zip(unknown, made, strict=True))
        self._own |= new
        self._shared.keep({name: pack(text) for name, text in new.items()})
        return [self._own[name] for name in names]

    def _knows(self, name: bytes) -> bool:
        if name not in self._own and (found := self._shared.get(name)) is not None:
            text = unpack_rendered(found)
            assert text is not None
            self._own[name] = text
        return name in self._own


class Foldings:
    """What searches look through of long texts."""

    def __init__(self, shared: Memory) -> None:
        self._shared = shared

    def __call__(self, text: str) -> str:
        """Fold as academy.folding does."""
        if len(text) < LONG:
            return document(text)
        name = _name(text)
        found = self._shared.get(name)
        if found is None:
            found = document(text).encode()
            self._shared.keep({name: found})
        return found.decode()


@contextmanager
def rendered_once() -> Iterator[None]:
    """Let publishing use what was made of texts before, for the length of the block."""
    with memory() as line, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render_guarded", Renderings(Memory(line, "rendered")))
        patch.setattr(search, "document", Foldings(Memory(line, "folded")))
        yield
