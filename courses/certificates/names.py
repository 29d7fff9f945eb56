"""A person's name on paper: what may be printed, and in which direction it is read."""

import re
import unicodedata
from typing import Literal

LONGEST_NAME = 120
_MOST_MARKS = 3
_JOINERS = "\u200c\u200d"  # Dari and Pashto spelling needs them
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")


def printable(words: str, longest: int = LONGEST_NAME) -> str:
    """Give one line in NFC without control, override or piled-up letters, cut at the longest length."""
    spaced = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", words))
    seen = "".join(letter for letter in spaced if letter in _JOINERS or unicodedata.category(letter) not in _HIDDEN)
    return _without_piles(" ".join(seen.split()))[:longest].strip()


def needs_arabic(words: str) -> bool:
    """Whether a letter of Arabic script stands among the words."""
    return _ARABIC.search(words) is not None


def direction_of(words: str) -> Literal["ltr", "rtl"]:
    """The direction of the first letter that has one."""
    strong = (unicodedata.bidirectional(letter) for letter in words)
    return "rtl" if next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L" else "ltr"


def _without_piles(words: str) -> str:
    """Keep three marks on a letter: more of them climb over the lines above."""
    kept: list[str] = []
    marks = 0
    for letter in words:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
