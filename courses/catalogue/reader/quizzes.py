"""The body of a quiz: an introduction, then a question under each heading of level 2."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from courses.catalogue.questions import Question
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import FileNotes, sentence
from courses.catalogue.reader.items import Items, answerable

HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,100}\]")

NO_QUESTION = sentence("this quiz has no question; a question is a heading that begins with ##")
WRONG_LEVEL = sentence("a question is a heading of level 2 (##); a quiz has no other headings")
NO_ID = sentence('question "%(prompt)s" has no id; end its heading with one, such as {#water}')
BAD_ID = sentence(
    '"%(id)s" cannot be the id of a question; begin with a Latin letter; letters, digits, hyphens, 40 at most'
)
SAME_ID = sentence('the id "%(id)s" is used by the question on line %(line)d as well')
NO_PROMPT = sentence('question "%(id)s" asks nothing: its heading has no text')
NO_FOOTNOTES = sentence("a quiz has no footnotes")


@dataclass(slots=True)
class Section:
    """A question as lines: what its heading says, and the numbered lines below it."""

    line: int
    prompt: str
    id: str
    lines: list[tuple[int, str]] = field(default_factory=list)


def read(document: Document) -> tuple[str, tuple[Question, ...]]:
    """The introduction of a quiz and its questions, faults noted."""
    note = document.note
    introduction, sections = _split(document)
    for number, text in enumerate(document.body.split("\n"), start=document.line):
        if FOOTNOTE.search(text):
            note.say(number, NO_FOOTNOTES)
    if not sections:
        note.say(document.line, NO_QUESTION)
    _check_ids(sections, note)
    return introduction, tuple(question for section in sections if (question := _question(section, note)))


def _split(document: Document) -> tuple[str, list[Section]]:
    introduction: list[str] = []
    sections: list[Section] = []
    for number, text in enumerate(document.body.split("\n"), start=document.line):
        heading = HEADING.fullmatch(text)
        if heading and heading[1] == "##":
            sections.append(_section(number, heading[2].strip()))
        elif heading:
            document.note.say(number, WRONG_LEVEL)
        elif sections:
            sections[-1].lines.append((number, text))
        else:
            introduction.append(text)
    return "\n".join(introduction).strip("\n"), sections


def _section(line: int, heading: str) -> Section:
    prompt, mark, rest = heading.rpartition("{#")
    if mark and rest.endswith("}"):
        return Section(line, prompt.strip(), rest[:-1].strip())
    return Section(line, heading, "")


def _check_ids(sections: Sequence[Section], note: FileNotes) -> None:
    known: dict[str, int] = {}
    for section in sections:
        if not section.id:
            note.say(section.line, NO_ID, prompt=section.prompt[:60])
        elif not ID.fullmatch(section.id):
            note.say(section.line, BAD_ID, id=section.id[:60])
        elif section.id in known:
            note.say(section.line, SAME_ID, id=section.id, line=known[section.id])
        elif not section.prompt:
            note.say(section.line, NO_PROMPT, id=section.id)
        known.setdefault(section.id, section.line)


def _question(section: Section, note: FileNotes) -> Question | None:
    items = Items(section.id or section.prompt[:60], section.line, note)
    for number, text in section.lines:
        items.take(number, text)
    items.finish()
    return answerable(items, section.prompt)
