"""What is wrong with a file of a draft, and what could be better, as the editor shows it beside the lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from academy import clock, zones
from academy.i18n import gettext as _
from courses.authoring.drafted import Drafted
from courses.catalogue.hints import HEAVIEST_PAGE, hints_of, most_of, sizes_of, text_at, weight_of, words_of
from courses.catalogue.reader.faults import Fault

STOPS = (".", "!", "?", "؟")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, or to think about, beside its line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that there is to say about one file: what must be mended, what could be better, its size; and of others."""

    faults: list[Problem]
    hints: list[Problem]
    elsewhere: int
    words: int
    weight: int
    most: int


def findings(drafted: Drafted, path: str) -> Findings:
    """Look at one file of a draft."""
    faults = drafted.faults(path)
    others = len(drafted.inspection.faults) - len(faults)
    hints = hints_of(drafted.course, sizes_of(drafted.files), path, zones.home_day(clock.now()))
    text = text_at(drafted.course, path)
    words, weight = (words_of(text), weight_of(text)) if text else (0, 0)
    most = most_of(text) if text else HEAVIEST_PAGE
    return Findings(problems(faults), problems(hints), others, words, weight, most)


def problems(faults: Iterable[Fault]) -> list[Problem]:
    """Faults or hints in the reader's language, as sentences."""
    return [Problem(fault.line, _sentence(_(fault.text, **fault.values))) for fault in faults]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(STOPS) else ".")
