"""Make an upload fit to be shown: the decoding is done by a child that may fail, be slow or be fooled alone."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 30


def made_bare(content: bytes, *, most: int) -> dict[str, bytes]:
    """An uploaded picture as {"webp": …, "avif": …} of at most so many bytes each where possible, or {"pdf": …}.

    Empty when it is none of these, is damaged, or takes too much memory or time.
    """
    return _by_child(content, most)


def made_square(content: bytes, sides: Sequence[int], *, most: int) -> dict[str, bytes]:
    """Squares of the middle of an uploaded picture, as {"256.webp": …, "256.avif": …} for each side; empty as above."""
    return _by_child(content, most, *sides)


def _by_child(content: bytes, *numbers: int) -> dict[str, bytes]:
    secretless = {name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")}
    try:
        done = subprocess.run(  # noqa: S603  our own module
            [sys.executable, "-m", "academy.pictures.child", *map(str, numbers)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            env=secretless,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return {}
    return {ending: base64.b64decode(text) for ending, text in json.loads(done.stdout).items()}
