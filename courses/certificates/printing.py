"""Whether a name can be printed with the fonts that are installed."""

from collections.abc import Iterable

from academy.kept import keep
from courses.certificates import fonts
from courses.certificates.names import needs_arabic, printable

MOST_KEPT = 2000
_kept: dict[str, str] = {}


def lacks_arabic_font(name: str) -> bool:
    """Whether a name needs the one font that may not be installed."""
    return needs_arabic(name) and not fonts.installed_faces().arabic


def strange_letters(name: str) -> str:
    """The letters of a name that no certificate can show, those aside for which a font could be installed.

    Asking the engine takes 30 ms for a good name and half a second for a very bad one, so answers are kept.
    """
    return strange_letters_of([name])[name]


def strange_letters_of(names: Iterable[str]) -> dict[str, str]:
    """The same for many names: one question to the engine answers all that nobody asked before."""
    asked = set(names)
    known = {name: found for name in asked if (found := _kept.get(name)) is not None}
    new = sorted(asked - known.keys())
    for name, missing in zip(new, fonts.missing_letters_of([printable(name) for name in new]), strict=True):
        strange = "".join(letter for letter in missing if not needs_arabic(letter))
        known[name] = keep(_kept, name, strange, MOST_KEPT)
    return known
