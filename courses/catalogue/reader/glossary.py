"""glossary.md: one term a line, in the form *[term]: what it means.

In a translation {= term} behind the meaning names the term of the original that it stands for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from courses.catalogue.reader.bodies import ABBREVIATION, NO_MEANING, TWO_ABBREVIATIONS
from courses.catalogue.reader.documents import text_of
from courses.catalogue.reader.faults import FileNotes, sentence

ORIGIN = re.compile(r"[ \t]*\{= ?([^{}]{1,200}?) ?\}$")

NOT_TERM = sentence('a glossary has only lines of the form "*[term]: what it means"')


NO_ORIGIN = sentence('the original\'s glossary has no term "%(name)s"')


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a file with what they mean, in its order; of a translation the original's terms, and their lines."""

    terms: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def check_origins(here: Glossary, there: Mapping[str, str], note: FileNotes) -> None:
    """Note where a translation names a term that the original does not have."""
    for name, origin in here.origins.items():
        if origin not in there:
            note.say(here.lines[name], NO_ORIGIN, name=origin)


def read(data: bytes, note: FileNotes) -> Glossary:
    """The terms of a glossary and their meanings."""
    found = Glossary()
    for number, line in enumerate((text_of(data, note) or "").split("\n"), start=1):
        match = ABBREVIATION.fullmatch(line.rstrip())
        if match:
            name = " ".join(match[1].split())
            meaning, origin = match[2].strip(), ORIGIN.search(match[2].strip())
            if origin:
                meaning = meaning[: origin.start()]
                found.origins[name] = " ".join(origin[1].split())
            _check(name, meaning, found.terms, number, note)
            found.terms[name], found.lines[name] = meaning, number
        elif line.strip():
            note.say(number, NOT_TERM)
    return found


def _check(name: str, meaning: str, terms: dict[str, str], line: int, note: FileNotes) -> None:
    if name in terms:
        note.say(line, TWO_ABBREVIATIONS, name=name)
    if not meaning or not name:
        note.say(line, NO_MEANING, name=name)
