"""Courses of the tests are published again and again; the texts of each are rendered once in a process."""

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from academy.markdown import render_guarded
from academy.prose.texts import RenderedText, Source
from academy.prose.wire import pack
from courses.catalogue import rendering


class Renderings:
    """What the guarded child made of the texts of a course; it is asked again only for other texts."""

    def __init__(self) -> None:
        self._kept: dict[tuple[bytes, ...], list[RenderedText]] = {}

    def __call__(self, sources: Iterable[Source], *, in_all: float = math.inf) -> list[RenderedText]:
        """Render as academy.markdown does; what is refused is never kept."""
        texts = list(sources)
        key = tuple(map(pack, texts))
        if key not in self._kept:
            self._kept[key] = render_guarded(texts, in_all=in_all)
        return list(self._kept[key])


@contextmanager
def rendered_once() -> Iterator[None]:
    """Let publishing use what was rendered before, for the length of the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render_guarded", Renderings())
        yield
