"""Style sheets are written for reading; this makes them small for sending."""

import re
from collections.abc import Iterable
from string import ascii_letters, ascii_lowercase

# What a string says stays as it is; the rest is shortened.
STRINGS = re.compile(r'("[^"\n]*")')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND = re.compile(r"\s*([{};,>])\s*")
# Sizes that no theme changes are named once, in :root, and can be written where they are used.
FIXED = re.compile(r"--((?:space|corner)[\w-]*):([^;}]+);")
NAME = re.compile(r"--[a-z][\w-]*")


def shrunk(sheets: dict[str, str]) -> dict[str, str]:
    """The same sheets in fewer bytes: no comments, no white space, fixed sizes written out, short names for the rest.

    All sheets of a page have to be shrunk together, because they share their names.
    """
    texts = {name: tight(text) for name, text in sheets.items()}
    fixed = {f"var(--{name})": value for text in texts.values() for name, value in FIXED.findall(text)}
    written = {name: _written(FIXED.sub("", text), fixed) for name, text in texts.items()}
    short = _short(NAME.findall("".join(written.values())))
    return {name: NAME.sub(lambda found: short[found[0]], text) for name, text in written.items()}


def tight(sheet: str) -> str:
    """A sheet without comments and white space."""
    parts = STRINGS.split(COMMENT.sub("", sheet))
    parts[::2] = [_close(part) for part in parts[::2]]
    return "".join(parts).strip()


def _close(text: str) -> str:
    return AROUND.sub(r"\1", re.sub(r"\s+", " ", text)).replace(": ", ":").replace(";}", "}")


def _written(text: str, fixed: dict[str, str]) -> str:
    for use, value in fixed.items():
        text = text.replace(use, value)
    return text


def _short(names: Iterable[str]) -> dict[str, str]:
    letters = (f"--{first}{second}" for first in ("", *ascii_lowercase) for second in ascii_letters)
    return dict(zip(sorted(set(names)), letters, strict=False))
