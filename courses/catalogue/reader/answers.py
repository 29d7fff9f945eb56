"""Accepted answers, one a line: a text, a number, a number with ±, a range, or how long an open answer may be."""

import re
from decimal import Decimal

from courses.catalogue.questions import ExactAnswer, NumberAnswer
from courses.catalogue.reader.faults import FileNotes, sentence

DIGITS = r"[+\-−]?[0-9]{1,15}(?:[.,][0-9]{1,10})?"
NUMBER = re.compile(DIGITS)
WITHIN = re.compile(rf"({DIGITS}) *± *({DIGITS})")
RANGE = re.compile(rf"({DIGITS}) *(?:-|–|—|\.\.) *({DIGITS})")
OPEN = re.compile(r"open\b:?(.*)", re.IGNORECASE)
LENGTH = re.compile(r" *([0-9]{1,5})(?: +[^\W\d_]+)?\.?", re.UNICODE)
MOST_WORDS = 5000

NO_LENGTH = sentence('question "%(id)s" is open and must name its length, as in "= open: 150 words"')
BAD_WITHIN = sentence('question "%(id)s": "%(text)s" should be a number, ± and a number, as in "= 1945 ± 1"')
BAD_RANGE = sentence('question "%(id)s": the range "%(text)s" ends before it begins')
NO_ANSWER = sentence('question "%(id)s": "%(text)s" has no letter or digit to type')


def is_open(text: str) -> bool:
    """Whether this answer line asks for a free text."""
    return OPEN.fullmatch(text) is not None and (":" in text or text.lower() == "open")


def open_words(text: str, name: str, line: int, note: FileNotes) -> int:
    """The length of an open answer in words."""
    match = OPEN.fullmatch(text)
    length = LENGTH.fullmatch(match[1]) if match else None
    words = int(length[1]) if length else 0
    if not 0 < words <= MOST_WORDS:
        note.say(line, NO_LENGTH, id=name)
    return words


def number(text: str) -> Decimal:
    """The value of a number as authors write it, with a point or a comma."""
    return Decimal(text.replace(",", ".").replace("−", "-"))


def read_answer(text: str, name: str, line: int, note: FileNotes) -> ExactAnswer | NumberAnswer:
    """One accepted answer."""
    if NUMBER.fullmatch(text):
        return NumberAnswer(text, number(text), number(text))
    if "±" in text:
        return _within(text, name, line, note)
    if match := RANGE.fullmatch(text):
        if number(match[1]) > number(match[2]):
            note.say(line, BAD_RANGE, id=name, text=text)
        return NumberAnswer(text, number(match[1]), number(match[2]))
    if not any(letter.isalnum() for letter in text):
        note.say(line, NO_ANSWER, id=name, text=text)
    return ExactAnswer(text)


def _within(text: str, name: str, line: int, note: FileNotes) -> ExactAnswer | NumberAnswer:
    match = WITHIN.fullmatch(text)
    if match is None or number(match[2]) < 0:
        note.say(line, BAD_WITHIN, id=name, text=text)
        return ExactAnswer(text)
    middle, around = number(match[1]), number(match[2])
    return NumberAnswer(text, middle - around, middle + around)
