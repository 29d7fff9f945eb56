"""A translation made whole: where it lacks a passage, the source's own stands, and it is known where. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.catalogue.passages import fronts
from courses.catalogue.passages.cutting import Passage, Pieces, Shape, cut, passages_in
from courses.catalogue.passages.memory import Memory, memory_of
from courses.catalogue.passages.pairing import Pairing, State, by_key, in_order
from courses.catalogue.passages.quizzes import cut_quiz
from courses.catalogue.reader.documents import Document

Span = tuple[int, int]
UNSIGNED = frozenset({State.MISSING, State.STALE, State.UNSURE})


@dataclass(frozen=True, slots=True)
class Composed:
    """A body made of a source's frame and translated words.

    `spans` are the places of what stands in the source's language; `keys` names the same in a quiz.
    """

    body: str
    spans: tuple[Span, ...] = ()
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Beside:
    """A translated document beside its source."""

    pieces: Pieces
    front: Pairing
    body: Pairing
    memory: Memory
    quiz: bool

    @property
    def begun(self) -> bool:
        """Whether all that stands on other pages too (title, summary, rubric) is translated, as far as is known."""
        return not self.memory or not any(pair.state is State.MISSING for pair in self.front.pairs)

    @property
    def vouched(self) -> bool:
        """Whether a review may stand: nothing is missing or behind, nothing was written since without being noted."""
        pairs = (*self.front.pairs, *self.body.pairs)
        return not self.memory or not any(pair.state in UNSIGNED for pair in pairs)

    def completed(self) -> Composed:
        """The body as readers get it."""
        return composed(self.pieces, self.body, {}, quiz=self.quiz)


def beside(here: Document, there: Document, *, quiz: bool) -> Beside:
    """A translation beside its source, both as they are read."""
    memory = memory_of(here.keys)
    pieces = _cut(there.body, quiz=quiz)
    source, target = passages_in(pieces), passages_in(_cut(here.body, quiz=quiz))
    front = by_key(fronts.passages_of(there.keys), fronts.passages_of(here.keys), memory)
    return Beside(pieces, front, (by_key if quiz else in_order)(source, target, memory), memory, quiz)


def _cut(body: str, *, quiz: bool) -> list[str | Passage]:
    return cut_quiz(body) if quiz else cut(body)


def composed(pieces: Pieces, pairing: Pairing, words: Mapping[int, str], *, quiz: bool) -> Composed:
    """The source's frame with translated words; `words` are newer ones by the place of their passage."""
    writer = _Writer(pairing, quiz=quiz)
    writer.leftovers(-1)
    place = -1
    for piece in pieces:
        if isinstance(piece, str):
            writer.add(piece)
        else:
            place += 1
            writer.passage(place, words.get(place))
            writer.leftovers(place)
    return Composed("".join(writer.parts), tuple(writer.spans), frozenset(writer.keys))


class _Writer:
    """Writes a body piece by piece and remembers what of it is not translated."""

    def __init__(self, pairing: Pairing, *, quiz: bool) -> None:
        self.pairing = pairing
        self.quiz = quiz
        self.parts: list[str] = []
        self.spans: list[Span] = []
        self.keys: set[str] = set()
        self.length = 0

    def add(self, text: str) -> None:
        """Write what stands between passages."""
        self.parts.append(text)
        self.length += len(text)

    def passage(self, place: int, words: str | None) -> None:
        """Write a passage in newer words, else as it was translated, else as the source has it."""
        pair = self.pairing.pairs[place]
        source, target = pair.source, pair.target
        frame = source if self.quiz or target is None or pair.state is State.MISSING else target
        if words is not None:
            self.add(frame.written(words))
        elif pair.state is State.MISSING:
            self._borrowed(source)
        elif target is not None:
            self.add(frame.written(target.text))

    def _borrowed(self, source: Passage) -> None:
        written = source.written(source.text)
        before = len(source.before) if source.shape is Shape.FOOTNOTE else 0
        if self.quiz:
            self.keys.add(source.key)
        if source.shape is not Shape.MEANING:
            self.spans.append((self.length + before, self.length + len(written)))
        self.add(written)

    def leftovers(self, after: int) -> None:
        """Write what the source no longer has but the translation does."""
        for leftover in self.pairing.leftovers:
            if leftover.after == after:
                text = leftover.passage.written(leftover.passage.text)
                inside = self.quiz and not leftover.passage.key.startswith("intro/")
                apart = "\n" if inside else "\n\n"
                self.add(f"{text}{apart}" if after < 0 else f"{apart}{text}")
