"""A body cut into passages, each translated by itself, and what stands between them. Pure.

Put together again, the pieces are the body, byte for byte.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHORT = 8
HERE = re.compile(r"\]\(\s{0,9}<?(?![A-Za-z][A-Za-z0-9+.-]*:|[#/])[^)\s>#]{1,500}")
"""Where a link or a picture leads inside the course: lessons move, and then links are led anew in every language."""


class Shape(StrEnum):
    """What a passage is; a translation is of the same shape as its source."""

    LINE = "line"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    NOTE = "note"
    FOOTNOTE = "footnote"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be translated. `before` and `after` stand around it and stay; `prefix` begins each further line."""

    shape: Shape
    text: str
    before: str = ""
    after: str = ""
    prefix: str = ""
    key: str = ""

    @property
    def digest(self) -> str:
        """What names this text; how its lines are broken makes no other text."""
        return digest_of(self.text)

    @property
    def likeness(self) -> str:
        """What it has in common with its translation: its shape, of a heading the level too."""
        return self.before if self.shape is Shape.HEADING else self.shape.value

    def written(self, text: str) -> str:
        """The passage as it stands in a file, with another text."""
        return self.before + text.replace("\n", f"\n{self.prefix}") + self.after


Pieces = Sequence[str | Passage]


def digest_of(text: str) -> str:
    """A short name for a text, whatever its white space and wherever files of the course were moved to."""
    return hashlib.sha256(" ".join(HERE.sub("](", text).split()).encode()).hexdigest()[:SHORT]


def passages_in(pieces: Pieces) -> list[Passage]:
    """The passages alone."""
    return [piece for piece in pieces if isinstance(piece, Passage)]


def joined(pieces: Pieces) -> str:
    """The body that was cut."""
    return "".join(piece if isinstance(piece, str) else piece.written(piece.text) for piece in pieces)


HEADING = re.compile(r"(#{1,6}[ \t]+)(.*?)([ \t]*#*[ \t]*(?:\{[:#][^}\n]*\})?[ \t]*)")
FOOTNOTE = re.compile(r"( {0,3}\[\^[^\]\n]{1,100}\]:[ \t]*)(.*)")
MEANING = re.compile(r"\*\[[^\]\n]{1,200}\] ?:.*")
REFERENCE = re.compile(r" {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*\S+.*")
ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}\.)[ \t]+.*")
RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
TABLE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
DEFINITION = re.compile(r" {0,3}:[ \t]+.*")
INDENT = ("    ", "\t")


def cut(body: str) -> list[str | Passage]:
    """The passages of a text that is read, with what stands between them."""
    return list(_Cutter(body.split("\n")).pieces())


class _Cutter:
    """Goes through the lines of a body."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def pieces(self) -> Iterator[str | Passage]:
        """One after another, every line end where it was."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() or REFERENCE.fullmatch(line) or RULE.fullmatch(line):
                self.at += 1
                yield line + self._end()
            else:
                yield self._passage(line)
                yield self._end()

    def _end(self) -> str:
        return "\n" if self.at < len(self.lines) else ""

    def _passage(self, line: str) -> Passage:
        heading, footnote = HEADING.fullmatch(line), FOOTNOTE.fullmatch(line)
        if heading:
            self.at += 1
            return Passage(Shape.HEADING, heading[2], heading[1], heading[3])
        if footnote:
            rest = self._take(self._goes_on, within=True).partition(line)[2]
            return Passage(Shape.FOOTNOTE, footnote[2] + rest, footnote[1])
        if MEANING.fullmatch(line):
            self.at += 1
            return Passage(Shape.MEANING, line)
        shape = self._shape(line)
        within = shape in {Shape.NOTE, Shape.LIST} or self._defines()
        go_on = {Shape.LIST: self._in_list, Shape.NOTE: self._in_note}.get(shape, self._goes_on)
        return Passage(shape, self._take(go_on, within=within))

    def _shape(self, line: str) -> Shape:
        if line.startswith("!!!"):
            return Shape.NOTE
        if ITEM.fullmatch(line):
            return Shape.LIST
        if line.lstrip(" ").startswith(">"):
            return Shape.QUOTE
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        return Shape.TABLE if "|" in line and "-" in below and TABLE.fullmatch(below) else Shape.PARAGRAPH

    def _defines(self) -> bool:
        """Whether a definition list begins here: a term, and below it a line that begins with a colon."""
        below = [line for line in self.lines[self.at + 1 : self.at + 3] if line.strip()]
        return bool(below) and DEFINITION.fullmatch(below[0]) is not None

    def _take(self, go_on: Callable[[str, bool], bool], *, within: bool) -> str:
        """The lines from here to the end of the block; `within`: it may go on behind blank lines.

        `go_on` says whether a line still belongs to it, and is told whether blank lines stand before that line.
        """
        taken = [self.lines[self.at]]
        self.at += 1
        while self.at < len(self.lines):
            blanks = self._blanks() if within else 0
            following = self.lines[self.at + blanks] if self.at + blanks < len(self.lines) else ""
            if not following.strip() or not go_on(following, blanks > 0):
                break
            taken += self.lines[self.at : self.at + blanks + 1]
            self.at += blanks + 1
        return "\n".join(taken)

    def _blanks(self) -> int:
        ahead = self.at
        while ahead < len(self.lines) and not self.lines[ahead].strip():
            ahead += 1
        return ahead - self.at

    @staticmethod
    def _goes_on(line: str, apart: bool) -> bool:
        if apart:
            return line.startswith(INDENT) or DEFINITION.fullmatch(line) is not None
        return not any(form.fullmatch(line) for form in (HEADING, FOOTNOTE, MEANING))

    @staticmethod
    def _in_list(line: str, apart: bool) -> bool:
        if RULE.fullmatch(line):
            return False
        if apart:
            return line.startswith((*INDENT, "  ")) or ITEM.fullmatch(line) is not None
        return not any(form.fullmatch(line) for form in (HEADING, FOOTNOTE, MEANING))

    @staticmethod
    def _in_note(line: str, _apart: bool) -> bool:
        return line.startswith(INDENT)
