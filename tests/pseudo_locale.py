"""A language made of brackets: whoever sees words without brackets has found a sentence nobody can translate."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import flask_babel
import pytest
from babel.support import NullTranslations

OPEN, CLOSE = "⟦", "⟧"
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
FIELD = re.compile(r"%\(\w+\)[sd]|<[^>]*>|&\w+;")
STRETCH = 1.4


class Brackets(NullTranslations):
    """Puts every message into brackets; `stretch` makes it longer, as Russian and Dari are longer than English."""

    def __init__(self, stretch: float = 1.0) -> None:
        super().__init__()
        self.stretch = stretch

    def ugettext(self, message: str) -> str:
        """The message in brackets."""
        return f"{OPEN}{message}{self._more(message)}{CLOSE}"

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for this count in brackets."""
        return self.ugettext(msgid1 if n == 1 else msgid2)

    gettext = ugettext
    ngettext = ungettext

    def _more(self, message: str) -> str:
        words = FIELD.sub("", message).split() or ["x"]
        wanted = round(len(message) * (self.stretch - 1))
        return (" " + " ".join(words * 2))[:wanted] if wanted > 0 and "%" not in "".join(words) else ""


@contextmanager
def spoken(stretch: float = 1.0) -> Iterator[None]:
    """Let every page speak it, inside the block."""
    words = Brackets(stretch)

    def instead(*_self: Any) -> Brackets:
        return words

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flask_babel.Domain, "get_translations", instead)
        patch.setattr(flask_babel, "get_translations", instead)
        yield


def bare(text: str) -> str:
    """What stands outside all brackets."""
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return text
