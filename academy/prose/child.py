"""The child process: reads texts from standard input, a line each, and answers renderings, a line each."""

import resource
import sys
from typing import BinaryIO

from academy.prose.course import render
from academy.prose.wire import GAVE_UP, READY, pack, unpack_source

MEMORY = 768 * 1024 * 1024


def answer(line: bytes) -> bytes:
    """Render one text, or give up if it is nested too deeply or takes too much memory."""
    try:
        return pack(render(unpack_source(line)))
    except (RecursionError, MemoryError):
        return GAVE_UP


def serve(texts: BinaryIO, answers: BinaryIO) -> None:
    """Answer text after text until there are no more."""
    answers.write(READY)
    answers.flush()
    for line in texts:
        answers.write(answer(line))
        answers.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    serve(sys.stdin.buffer, sys.stdout.buffer)
