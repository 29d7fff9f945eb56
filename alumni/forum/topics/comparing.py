"""Two wordings of a post, word by word. Pure; bounded in time for whatever was typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 1500
"""Longer changed passages are shown whole: word by word they would be slow, and nobody could read it."""


@dataclass(frozen=True, slots=True)
class Bit:
    """Some words that stayed, went or came."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of either wording; `bits` are its words. Lines that stayed far from any change are not in the result."""

    state: str
    bits: tuple[Bit, ...]


def compared(before: str, after: str) -> list[Row]:
    """The lines that changed, with one line that stayed on each side of them."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            rows.extend(Row(SAME, (Bit(SAME, line),)) for line in _edges(old[a:b]) if line.strip())
        else:
            rows.extend(_changed("\n".join(old[a:b]), "\n".join(new[c:d])))
    return rows


def _edges(kept: Sequence[str]) -> Sequence[str]:
    return kept if len(kept) <= 2 else [kept[0], kept[-1]]  # noqa: PLR2004  the neighbours of a change


def _changed(before: str, after: str) -> Iterator[Row]:
    """A passage that changed: one row where it was reworded, two where little of it stayed."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if old and new and len(old) + len(new) <= MOST_WORDS:
        matcher = SequenceMatcher(None, old, new)
        if matcher.ratio() > 0.4:  # noqa: PLR2004  below that two lines are easier to read than one
            yield Row("changed", tuple(_bits(matcher, old, new)))
            return
    for state, text in ((GONE, before), (NEW, after)):
        if text.strip():
            yield Row(state, (Bit(state, text),))


def _bits(matcher: "SequenceMatcher[str]", old: Sequence[str], new: Sequence[str]) -> Iterator[Bit]:
    for same, gone, came in _joined(matcher, old, new):
        found = (Bit(SAME, same), Bit(GONE, gone), Bit(NEW, came))
        yield from (bit for bit in found if bit.text)


def _joined(matcher: "SequenceMatcher[str]", old: Sequence[str], new: Sequence[str]) -> list[list[str]]:
    """Triples of what stayed before a change, what went, what came; a mere space between two changes joins them."""
    found = [["", "", ""]]
    for tag, a, b, c, d in matcher.get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        changed = found[-1][1] or found[-1][2]
        if tag == "equal" and (before.strip() or not changed):
            found.append([before, "", ""])
        else:
            found[-1][1] += before
            found[-1][2] += after
    return found
