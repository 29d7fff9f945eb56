"""glossary.md: one term a line, in the form *[term]: what it means."""

from courses.catalogue.reader.bodies import ABBREVIATION, NO_MEANING, TWO_ABBREVIATIONS
from courses.catalogue.reader.documents import text_of
from courses.catalogue.reader.faults import FileNotes, sentence

NOT_TERM = sentence('a glossary has only lines of the form "*[term]: what it means"')


def read(data: bytes, note: FileNotes) -> dict[str, str]:
    """The terms of a glossary and their meanings, in the order of the file."""
    terms: dict[str, str] = {}
    for number, line in enumerate((text_of(data, note) or "").split("\n"), start=1):
        match = ABBREVIATION.fullmatch(line.rstrip())
        if match:
            name = " ".join(match[1].split())
            _check(name, match[2].strip(), terms, number, note)
            terms[name] = match[2].strip()
        elif line.strip():
            note.say(number, NOT_TERM)
    return terms


def _check(name: str, meaning: str, terms: dict[str, str], line: int, note: FileNotes) -> None:
    if name in terms:
        note.say(line, TWO_ABBREVIATIONS, name=name)
    if not meaning or not name:
        note.say(line, NO_MEANING, name=name)
