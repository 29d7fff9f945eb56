"""The parent's side: a child renders course texts and is killed when one of them takes too long."""

import math
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from academy.prose.texts import MarkdownTooHard, RenderedText, Source
from academy.prose.wire import READY, pack, unpack_rendered

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 30.0
CHUNK = 1 << 16


def _environment(full: Mapping[str, str]) -> dict[str, str]:
    """All but our settings: a child that reads strangers' text needs no secrets."""
    return {name: value for name, value in full.items() if not name.startswith("ACADEMY_")}


def _channel(end: IO[bytes] | None) -> IO[bytes]:
    assert end is not None
    return end


class Child:
    """A process that renders; started when entered, gone when left."""

    def __enter__(self) -> Self:
        """Start it and wait until it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "academy.prose.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(os.environ),
        )
        if self._line(SECONDS_TO_START) != READY:
            self._end()
            raise ChildProcessError("The process that renders texts did not start.")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it at once; it has nothing to save."""
        self._end()

    def _end(self) -> None:
        self.process.kill()
        self.process.wait()
        _channel(self.process.stdout).close()
        with suppress(BrokenPipeError):  # what it did not read any more
            _channel(self.process.stdin).close()

    def render(self, source: Source, seconds: float) -> RenderedText | None:
        """Render one text; None if it did not come out in time."""
        texts = _channel(self.process.stdin)
        try:
            texts.write(pack(source))
            texts.flush()
        except BrokenPipeError:
            return None
        line = self._line(seconds)
        return unpack_rendered(line) if line else None

    def _line(self, seconds: float) -> bytes:
        answers = _channel(self.process.stdout).fileno()
        end = time.monotonic() + seconds
        pieces: list[bytes] = []
        while not (pieces and pieces[-1].endswith(b"\n")):
            ready, _, _ = select.select([answers], [], [], max(0.0, end - time.monotonic()))
            piece = os.read(answers, CHUNK) if ready else b""
            if not piece:
                return b""
            pieces.append(piece)
        return b"".join(pieces)


def render_all(sources: Iterable[Source], seconds: float, in_all: float = math.inf) -> list[RenderedText]:
    """Render many texts in one child; raise MarkdownTooHard for the first that cannot be rendered in time."""
    rendered = []
    with Child() as child:
        end = time.monotonic() + in_all
        for place, source in enumerate(sources):
            result = child.render(source, min(seconds, end - time.monotonic()))
            if result is None:
                raise MarkdownTooHard(place)
            rendered.append(result)
    return rendered
