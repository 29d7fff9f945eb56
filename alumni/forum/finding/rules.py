"""What somebody looks for, and the part of a text that shows why it was found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from academy.folding import folded_word, stem_of
from academy.search import Query

LONGEST, BEFORE, LOOKED_AT = 240, 80, 6000
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"(?m)^[ \t]*(?:[>#*+-]+|\d+[.)])[ \t]+|[*_`~|]{1,3}|\[\^[^\]\n]{1,20}\]")
_LINK = re.compile(r"\[([^\]\n]{0,200})\]\([^)\n]{0,300}\)")


@dataclass(frozen=True, slots=True)
class Wish:
    """The words somebody looks for, and what narrows them; '' and None leave it open."""

    words: str
    place: str = ""
    author: str = ""
    tag: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrowed(self) -> int:
        """By how many things beside words."""
        return sum(bool(each) for each in (self.place, self.author, self.tag, self.language, self.since, self.until))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; `found` says that it is one of the words somebody looked for."""

    text: str
    found: bool


def plain(markdown: str) -> str:
    """What somebody wrote without the marks of Markdown, on one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown[:LOOKED_AT])).split())


def excerpt(text: str, query: Query) -> list[Piece]:
    """The part of a plain text around the first word that was looked for, the words found in it marked."""
    hits = [match.span() for match in _WORD.finditer(text) if _fits(match[0], query)]
    first = hits[0][0] if hits else 0
    begin = _word_begin(text, first - BEFORE) if first > BEFORE else 0
    end = min(len(text), begin + LONGEST)
    pieces = list(_pieces(text, [hit for hit in hits if hit[1] <= end], begin, end))
    if begin:
        pieces.insert(0, Piece("… ", found=False))
    return [*pieces, Piece(" …", found=False)] if end < len(text) else pieces


def _pieces(text: str, hits: list[tuple[int, int]], begin: int, end: int) -> Iterator[Piece]:
    at = begin
    for start, stop in hits:
        if start > at:
            yield Piece(text[at:start], found=False)
        yield Piece(text[start:stop], found=True)
        at = stop
    if at < end:
        yield Piece(text[at:end], found=False)


def _word_begin(text: str, at: int) -> int:
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + BEFORE else at


def _fits(word: str, query: Query) -> bool:
    folded = folded_word(word)
    stem = stem_of(word.casefold())
    return any(folded.startswith(each) or (theirs and theirs in {folded, stem}) for each, theirs in query.words)
