"""A translation beside its source: which passage is whose translation, and how it stands. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from courses.catalogue.passages.cutting import Passage, Shape
from courses.catalogue.passages.memory import Memory
from courses.catalogue.prose_pieces import words_in

TELLING = 4
"""So many words that stand there as in the source were forgotten; fewer may be a name, a footnote names a book."""


class State(StrEnum):
    """How a passage of a translation stands to its source."""

    MISSING = "missing"
    STALE = "stale"
    UNSURE = "unsure"
    DONE = "done"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of the source and its translation; `made_from`: the digest of the source it was made from, if known."""

    source: Passage
    target: Passage | None
    state: State
    made_from: str = ""

    @property
    def text(self) -> str:
        """The translated words; '' while there are none."""
        return self.target.text if self.target is not None and self.state is not State.MISSING else ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A translated passage whose source is gone; it stands behind the source's passage of this place (-1: first)."""

    after: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Pairing:
    """All passages of a source in order, each with its translation, and translations without a source."""

    pairs: tuple[Pair, ...]
    leftovers: tuple[Leftover, ...] = ()


def by_key(source: Sequence[Passage], target: Sequence[Passage], memory: Memory) -> Pairing:
    """Pair passages that have names: those of a front matter, those of a quiz."""
    known = {passage.key: passage for passage in target}
    pairs = tuple(pair(passage, known.get(passage.key), memory) for passage in source)
    return Pairing(pairs, tuple(_more(source, target)))


BEHIND = {"answer": ("prompt", "detail", "answer"), "detail": ("prompt", "detail"), "explanation": ("",)}
"""Behind which passages of a question those stand that only a translation has."""


def _more(source: Sequence[Passage], target: Sequence[Passage]) -> Iterator[Leftover]:
    """What only a translation has: answers it accepts, feedback, explanations. Options and items are the source's."""
    keys = [passage.key for passage in source]
    for passage in target:
        question, _, part = passage.key.partition("/")
        name, _, number = part.partition("/")
        behind = (f"item/{number}/",) if name == "feedback" else BEHIND.get(name, ())
        anchors = tuple(f"{question}/{each}" for each in behind) if question != "intro" else ("intro/",)
        places = [place for place, key in enumerate(keys) if anchors and f"{key}/".startswith(anchors)]
        if passage.key not in keys and (places or question == "intro"):
            yield Leftover(places[-1] if places else -1, passage)


def in_order(source: Sequence[Passage], target: Sequence[Passage], memory: Memory) -> Pairing:
    """Pair passages of a text: first by what is remembered, then by their shapes between what is sure."""
    sure = _remembered(source, target, memory) or _headings(source, target)
    partners = {ours: theirs for theirs, ours in _between(source, target, sure)}
    pairs = tuple(
        pair(passage, target[partners[place]] if place in partners else None, memory)
        for place, passage in enumerate(source)
    )
    return Pairing(
        pairs, tuple(_leftovers(target, {theirs: ours for ours, theirs in partners.items()}, memory, source))
    )


def pair(source: Passage, target: Passage | None, memory: Memory) -> Pair:
    """How one passage stands to its source."""
    if target is None:
        left_out = source.digest in memory.left_out
        return Pair(source, None, State.LEFT_OUT if left_out else State.MISSING)
    made = memory.made.get(target.digest, frozenset())
    if source.digest in made:
        return Pair(source, target, State.DONE, source.digest)
    if target.digest in memory.copied or _forgotten(source, target):
        return Pair(source, target, State.MISSING)
    if made:
        return Pair(source, target, State.STALE, min(made))
    return Pair(source, target, State.UNSURE)


def _forgotten(source: Passage, target: Passage) -> bool:
    same = source.digest == target.digest and source.shape is not Shape.FOOTNOTE
    return same and words_in(source.text) >= TELLING


def _remembered(source: Sequence[Passage], target: Sequence[Passage], memory: Memory) -> dict[int, int]:
    """Places of the source by places of the translation, as far as the memory knows them."""
    places: dict[str, list[int]] = {}
    for place, passage in enumerate(source):
        places.setdefault(passage.digest, []).append(place)
    found: dict[int, int] = {}
    for place, passage in enumerate(target):
        made = memory.made.get(passage.digest, frozenset())
        wanted = made | ({passage.digest} & memory.copied)
        free = next((digest for digest in sorted(wanted) if places.get(digest)), "")
        if free:
            found[place] = places[free].pop(0)
    return found


def _headings(source: Sequence[Passage], target: Sequence[Passage]) -> dict[int, int]:
    """Headings in order, where both sides have the same ones."""
    ours, theirs = ([at for at, each in enumerate(side) if each.shape is Shape.HEADING] for side in (source, target))
    same = [source[at].likeness.strip() for at in ours] == [target[at].likeness.strip() for at in theirs]
    return dict(zip(theirs, ours, strict=True)) if same else {}


def _between(source: Sequence[Passage], target: Sequence[Passage], sure: dict[int, int]) -> Iterator[tuple[int, int]]:
    """What is sure, and between each two of those what is alike in order: (translation, source)."""
    yield from sure.items()
    taken = set(sure.values())
    chain = [(-1, -1), *_rising(sure), (len(target), len(source))]
    for (their_start, our_start), (their_end, our_end) in pairwise(chain):
        theirs = [at for at in range(their_start + 1, their_end) if at not in sure]
        ours = [at for at in range(our_start + 1, our_end) if at not in taken]
        shapes = [[side[at].likeness.strip() for at in places] for side, places in ((source, ours), (target, theirs))]
        for block in SequenceMatcher(None, shapes[0], shapes[1], autojunk=False).get_matching_blocks():
            for step in range(block.size):
                yield theirs[block.b + step], ours[block.a + step]


def _rising(sure: dict[int, int]) -> list[tuple[int, int]]:
    """Those pairs whose order is the same on both sides: a passage that moved tells nothing of its neighbours."""
    found: list[tuple[int, int]] = []
    for theirs, ours in sorted(sure.items()):
        if not found or ours > found[-1][1]:
            found.append((theirs, ours))
    return found


def _leftovers(
    target: Sequence[Passage], partners: dict[int, int], memory: Memory, source: Sequence[Passage]
) -> Iterator[Leftover]:
    after = -1
    there = {passage.digest for passage in source}
    for place, passage in enumerate(target):
        if place in partners:
            after = partners[place]
        elif passage.digest not in memory.copied and (passage.digest not in there or not memory):
            yield Leftover(after, passage)
