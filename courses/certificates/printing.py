"""Whether a name can be printed with the fonts that are installed."""

from functools import lru_cache

from courses.certificates import fonts
from courses.certificates.names import needs_arabic, printable


def lacks_arabic_font(name: str) -> bool:
    """Whether a name needs the one font that may not be installed."""
    return needs_arabic(name) and not fonts.installed_faces().arabic


@lru_cache(maxsize=4096)
def strange_letters(name: str) -> str:
    """The letters of a name that no certificate can show, those aside for which a font could be installed.

    Asking the engine takes 5 ms for a good name and half a second for a very bad one, so answers are kept.
    """
    return "".join(letter for letter in fonts.missing_letters(printable(name)) if not needs_arabic(letter))
