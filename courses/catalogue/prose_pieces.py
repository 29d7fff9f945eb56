"""The running text of a Markdown file, in pieces with their lines: what hints about style look at. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

WORD = re.compile(r"\w+(?:[-'’\u200c]\w+)*")
FENCE = re.compile(r"(```|~~~)")
MARKER = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|:[ \t]+|>[ \t]?")
MEANING = re.compile(r"\*\[[^\]]{1,200}\] ?:[ \t]*")
# Headings, tables, titles of notes, answers of a quiz, attribute lists, rules, targets of links: nothing to read on.
SKIPPED = re.compile(r"#{1,6}|\||!!!|=[ \t]|\{:|(?:[-*_][ \t]*){3,}$|=+$|\[(?!\^)[^\]]{1,200}\]:")
FOOTNOTE = re.compile(r"\[\^[^\]]{1,100}\]:")
PICTURE = re.compile(r"!\[[^\]]{0,1500}\]\([^)\n]{0,800}\)(?:\{[^}\n]*\})?")
LINK = re.compile(r"\[([^\]]{0,1500})\](?:\([^)\n]{0,800}\)|\[[^\]]{0,200}\])")
MARKS = re.compile(r"\[\^[^\]]{1,100}\]|\{[:#.][^}\n]*\}|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
STOP = re.compile(r"[.!?…؟۔]+[\"'»”’)\]]*\s+")
INITIAL = re.compile(r"(?:^|\W)\w$")


@dataclass(slots=True)
class Piece:
    """A paragraph, or one item of a list: its lines without marks, each with its number in the file."""

    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.lines[0][0]

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(text for _, text in self.lines)

    @property
    def words(self) -> int:
        """How many words it has."""
        return words_in(self.text)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Each sentence with the line on which it begins."""
        text, start = self.text, 0
        for stop in STOP.finditer(text):
            if _ends(text, stop):
                yield self._line_at(start), text[start : stop.end()].strip()
                start = stop.end()
        if text[start:].strip():
            yield self._line_at(start), text[start:].strip()

    def _line_at(self, place: int) -> int:
        passed = 0
        for number, text in self.lines:
            passed += len(text) + 1
            if place < passed:
                return number
        return self.lines[-1][0]


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends here: not after an initial, not before a small letter."""
    return not text[stop.end() : stop.end() + 1].islower() and INITIAL.search(text[: stop.start()]) is None


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def pieces(body: str, first_line: int = 1) -> list[Piece]:
    """The running text of a body whose first line has this number in its file."""
    reader = _Reader()
    for number, line in enumerate(body.split("\n"), start=first_line):
        reader.take(number, line.strip())
    reader.end()
    return reader.found


class _Reader:
    """Goes through the lines of a body."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.piece = Piece()
        self.code = self.note = False

    def take(self, number: int, line: str) -> None:
        """Look at one line without the white space around it."""
        if FENCE.match(line):
            self.code = not self.code
        if self.code or FENCE.match(line) or not line or SKIPPED.match(line):
            self.end()
            self.note = self.note and bool(line)
        elif FOOTNOTE.match(line):
            self.end()
            self.note = True  # sources are not read like sentences
        elif not self.note:
            self._read(number, line)

    def _read(self, number: int, line: str) -> None:
        marker = MEANING.match(line) or MARKER.match(line)
        if marker and (not line.startswith(">") or not self._quoting(number)):
            self.end()
        text = plain(line[marker.end() :] if marker else line)
        if text:
            self.piece.lines.append((number, text))

    def _quoting(self, number: int) -> bool:
        return bool(self.piece.lines) and self.piece.lines[-1][0] == number - 1

    def end(self) -> None:
        """The piece ends here."""
        if self.piece.lines:
            self.found.append(self.piece)
        self.piece = Piece()


def plain(line: str) -> str:
    """A line without pictures, targets of links, and marks."""
    return " ".join(MARKS.sub("", LINK.sub(r"\1", PICTURE.sub("", line))).split())
