"""Whether translated words can stand in the place of their source, and what they lost on the way. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from courses.catalogue.passages.cutting import Passage, Pieces, Shape, cut, passages_in
from courses.catalogue.passages.quizzes import cut_quiz
from courses.catalogue.reader.bodies import MENTION, PICTURE, TARGET, masked

CODE = re.compile(r"`[^`\n]+`")
PLACE = re.compile(r"%\([a-z_]+\)[a-z]|\{[a-z_]+\}")
LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|[0-9]{1,9}\.)[ \t]", re.MULTILINE)


class Loss(StrEnum):
    """What a translation has otherwise than its source."""

    LINK = "link"
    PICTURE = "picture"
    FOOTNOTE = "footnote"
    CODE = "code"
    PLACEHOLDER = "placeholder"
    ITEMS = "items"
    CELLS = "cells"


def fits(pieces: Pieces, place: int, words: str, *, quiz: bool) -> bool:
    """Whether a body stays cut the same way with these words in one place: one passage, of the same shape."""
    number, parts = -1, list[str]()
    for piece in pieces:
        number += isinstance(piece, Passage)
        text = words if isinstance(piece, Passage) and number == place else getattr(piece, "text", "")
        parts.append(piece if isinstance(piece, str) else piece.written(text))
    body = "".join(parts)
    there, here = passages_in(pieces), passages_in(cut_quiz(body) if quiz else cut(body))
    same = [(each.key, each.likeness) for each in here] == [(each.key, each.likeness) for each in there]
    return same and here[place].text.strip() == words.strip() and here[place].before == there[place].before


def losses(source: Passage, words: str) -> list[Loss]:
    """What the words lack or have too much, by what each kind of thing is found."""
    return [loss for loss, (there, here) in _things(source.text, words, source.shape) if there != here]


def _things(source: str, words: str, shape: Shape) -> Iterator[tuple[Loss, tuple[object, object]]]:
    for loss, pattern, group in (
        (Loss.PICTURE, PICTURE, 2),
        (Loss.LINK, TARGET, 1),
        (Loss.FOOTNOTE, MENTION, 1),
        (Loss.PLACEHOLDER, PLACE, 0),
    ):
        there, here = (Counter(match[group] for match in pattern.finditer(masked(text))) for text in (source, words))
        yield loss, (there, here)
    yield Loss.CODE, (len(CODE.findall(source)), len(CODE.findall(words)))
    if shape is Shape.LIST:
        yield Loss.ITEMS, (len(LIST_ITEM.findall(source)), len(LIST_ITEM.findall(words)))
    if shape is Shape.TABLE:
        yield Loss.CELLS, (_cells(source), _cells(words))


def _cells(text: str) -> list[int]:
    return [line.strip().strip("|").count("|") for line in text.split("\n")]
