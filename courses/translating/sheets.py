"""A file of a course beside its translation: rows of passages, each with how it stands. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from courses.catalogue.passages.checking import Loss, losses
from courses.catalogue.passages.completing import Beside, beside
from courses.catalogue.passages.pairing import Pair, State
from courses.catalogue.prose_pieces import words_in
from courses.catalogue.reader import documents
from courses.catalogue.reader.bodies import without_language
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import Notes
from courses.catalogue.reader.layout import lay_out
from courses.catalogue.reader.reviews import review

Files = Mapping[str, bytes]
TO_DO = frozenset({State.MISSING, State.STALE})
"""What somebody must translate or look at; a passage whose source nobody noted is there and may well fit."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage and its translation. `name` tells it from all others of the file; `place` is its place in the body."""

    name: str
    pair: Pair
    place: int = -1

    @property
    def front(self) -> bool:
        """Whether it stands in the front matter."""
        return self.place < 0

    @property
    def words(self) -> int:
        """How many words of the source are not translated, or changed since."""
        return words_in(self.pair.source.text) if self.pair.state in TO_DO else 0

    @property
    def losses(self) -> list[Loss]:
        """What the translation has otherwise than the source."""
        return losses(self.pair.source, self.pair.text) if self.pair.text else []

    @property
    def several(self) -> bool:
        """Whether the words may stand on several lines."""
        return not self.front and (bool(self.pair.source.prefix) or self.pair.source.shape not in ONE_LINE)


ONE_LINE = frozenset({"line", "heading", "meaning"})


@dataclass(frozen=True)
class Sheet:
    """One file in one language. `source` and `path` are both paths; `here` is None while nothing is translated."""

    source: str
    path: str
    language: str
    there: Document
    here: Document | None
    beside: Beside
    head: str = ""
    signed: str = ""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All passages, those of the front matter first."""
        return tuple(_rows(self.beside))

    @cached_property
    def counts(self) -> Counter[State]:
        """How many passages stand how."""
        return Counter(row.pair.state for row in self.rows)

    @property
    def words_left(self) -> int:
        """How many words wait for somebody."""
        return sum(row.words for row in self.rows)

    @property
    def to_do(self) -> int:
        """How many passages wait for somebody."""
        return sum(self.counts[state] for state in TO_DO)

    @property
    def vouched(self) -> bool:
        """Whether somebody's name stands for the translation as it is."""
        return bool(self.signed) and self.here is not None and self.beside.vouched

    @property
    def title(self) -> str:
        """The title of the source."""
        return next((row.pair.source.text for row in self.rows if row.name == "title"), self.source)


@dataclass(frozen=True)
class Sheets:
    """All files of a course beside their translations into one language."""

    files: Files
    original: str
    quizzes: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def sources(self) -> list[str]:
        """Every file that has a text to translate, in the order in which a course is read."""
        layout = lay_out(self.files, Notes(""))
        found = [layout.course.get("", "")]
        for folder in sorted(layout.modules.values(), key=lambda each: each.name):
            entries = sorted(folder.lessons.values(), key=lambda each: each.name)
            found += [folder.files.get("", ""), *(entry.files.get("", "") for entry in entries)]
        return [path for path in (*found, layout.guide.get("", "")) if path]

    @cached_property
    def languages(self) -> set[str]:
        """The languages that any file is translated into."""
        texts = (
            path.removesuffix(".md") for path in self.files if path.endswith(".md") and without_language(path) != path
        )
        return {text.rpartition(".")[2] for text in texts} - {self.original}

    def sheet(self, source: str, language: str) -> Sheet | None:
        """One file beside its translation; None if the source cannot be read."""
        there = self._document(source)
        if there is None or there.keys is None or source not in self.sources:
            return None
        path = f"{source.removesuffix('.md')}.{language}.md"
        here = self._document(path) if path in self.files else None
        found = here or Document(path, {}, "", 1, Notes("").on(path))
        kind = there.keys.get("kind")
        pairs = beside(found, there, quiz=kind is not None and kind.value == "quiz")
        said = review(found, original=False)
        signed = f"{said.name}, {said.day.isoformat()}" if said else ""
        return Sheet(source, path, language, there, here, pairs, self._head(path, here), signed)

    def all(self, language: str) -> list[Sheet]:
        """Every file that can be read beside its translation."""
        return [sheet for source in self.sources if (sheet := self.sheet(source, language))]

    def _head(self, path: str, here: Document | None) -> str:
        """The front matter of a translation as it is written, with its two lines of ---."""
        text = documents.text_of(self.files[path], Notes("").on(path)) if here else None
        return "\n".join(text.split("\n")[: here.line - 1]) if text and here else ""

    def _document(self, path: str) -> Document | None:
        return documents.read(path, self.files.get(path, b""), Notes("").on(path))


def _rows(found: Beside) -> Iterator[Row]:
    for pair in found.front.pairs:
        yield Row(pair.source.key, pair)
    seen: Counter[str] = Counter()
    for place, pair in enumerate(found.body.pairs):
        name = pair.source.key or pair.source.digest
        seen[name] += 1
        yield Row(f"{name}.{seen[name]}" if seen[name] > 1 else name, pair, place)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a language is over all files: passages by how they stand, words that wait, files nobody signed."""

    code: str
    total: int
    counts: Mapping[State, int]
    words_left: int
    files: int
    unsigned: int

    @property
    def done(self) -> int:
        """How much is there in the language, in whole per cent, rounded down."""
        there = self.total - self.counts[State.MISSING]
        return there * 100 // self.total if self.total else 0

    @property
    def warns(self) -> bool:
        """Whether anything waits for somebody."""
        return bool(self.unsigned) or any(self.counts[state] for state in TO_DO)


def standing(code: str, sheets: Iterable[Sheet]) -> Standing:
    """How far one language is."""
    found = list(sheets)
    return Standing(
        code,
        sum(len(sheet.rows) for sheet in found),
        {state: sum(sheet.counts[state] for sheet in found) for state in State},
        sum(sheet.words_left for sheet in found),
        len(found),
        sum(sheet.here is not None and not sheet.vouched for sheet in found),
    )
