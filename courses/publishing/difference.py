"""What differs between two sets of files of one course: file by file, line by line, word by word. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from courses.catalogue.reader.layout import numbered

Files = Mapping[str, bytes]
AROUND = 3
ALIKE = 0.4
MOST_WORDS = 3000
TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


class State(StrEnum):
    """What became of a file, a line or a word."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs. `old` and `new` are its paths on both sides; '' where it is not."""

    state: State
    old: str
    new: str
    same_bytes: bool = False

    @property
    def path(self) -> str:
        """The path it has now, or had last."""
        return self.new or self.old


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, which stayed, came or went."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either side with its number there."""

    state: State
    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """So many lines that are the same on both sides and are not shown."""

    lines: int


def between(old: Files, new: Files, moved: Mapping[str, str]) -> list[FileChange]:
    """Every file that differs, by path; `moved` tells new keys of lessons by their old ones."""
    gone, come = [path for path in old if path not in new], [path for path in new if path not in old]
    renamed = _pairs(old, new, gone, come, moved)
    changes = [FileChange(State.CHANGED, path, path) for path in old if path in new and old[path] != new[path]]
    changes += [FileChange(State.RENAMED, was, now, old[was] == new[now]) for was, now in renamed.items()]
    changes += [FileChange(State.NEW, "", path) for path in come if path not in renamed.values()]
    changes += [FileChange(State.GONE, path, "") for path in gone if path not in renamed]
    return sorted(changes, key=lambda change: (change.path != "course.md", change.path))


def _pairs(
    old: Files, new: Files, gone: Iterable[str], come: Iterable[str], moved: Mapping[str, str]
) -> dict[str, str]:
    """Which file that went is which that came: the same bytes, or the same thing under another number or key."""
    left, found = list(come), dict[str, str]()

    def pair(same: Callable[[str, str], bool]) -> None:
        for was in [path for path in gone if path not in found]:
            now = next((path for path in left if same(was, path)), None)
            if now is not None:
                found[was] = now
                left.remove(now)

    pair(lambda was, now: identity(now) in {identity(was), identity(was, moved)})
    pair(lambda was, now: old[was] == new[now])
    return found


def identity(path: str, moved: Mapping[str, str] | None = None) -> str:
    """A path without its numbers: "water/check.ru.md"; a lesson that moved goes by its new key."""
    stem, dot, ending = path.partition(".")
    bare = "/".join(part if (found := numbered(part)) is None else found[1] for part in stem.split("/"))
    return (moved or {}).get(bare, bare) + dot + ending


def is_text(content: bytes) -> bool:
    """Whether a file can be compared line by line."""
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def text_of(content: bytes | None) -> str:
    """A file as text; '' for none."""
    return (content or b"").decode("utf-8", errors="replace").replace("\r\n", "\n")


def counts(before: str, after: str) -> tuple[int, int]:
    """How many lines came and how many went."""
    new = gone = 0
    for tag, a, b, c, d in _matches(before.splitlines(), after.splitlines()):
        if tag != "equal":
            gone, new = gone + b - a, new + d - c
    return new, gone


def lines(before: str, after: str, around: int = AROUND) -> list[Line | Gap]:
    """Both texts in one: what went stands before what came, with a few lines around each change."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line | Gap] = []
    matches = _matches(old, new)
    for place, (tag, a, b, c, d) in enumerate(matches):
        if tag == "equal":
            found.extend(_kept(new[c:d], c, around, first=place == 0, last=place == len(matches) - 1))
        else:
            found.extend(_replaced(old[a:b], new[c:d], a, c))
    return found


def _matches(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _kept(run: Sequence[str], start: int, around: int, *, first: bool, last: bool) -> Iterator[Line | Gap]:
    head, tail = 0 if first else around, 0 if last else around
    if first and last:
        head = tail = 0
    shown = [_whole(State.SAME, start + place + 1, text) for place, text in enumerate(run)]
    if len(run) <= head + tail + 1:
        yield from shown
        return
    yield from shown[:head]
    yield Gap(len(run) - head - tail)
    yield from shown[len(run) - tail :]


def _whole(state: State, number: int, text: str) -> Line:
    return Line(state, number, (Piece(state, text),))


def _replaced(old: Sequence[str], new: Sequence[str], a: int, c: int) -> Iterator[Line]:
    """Lines that went, each followed by the one that came in its place if it is much the same."""
    both = min(len(old), len(new))
    for place in range(both):
        yield from _pair(old[place], new[place], a + place + 1, c + place + 1)
    for place, text in enumerate(old[both:], start=both):
        yield _whole(State.GONE, a + place + 1, text)
    for place, text in enumerate(new[both:], start=both):
        yield _whole(State.NEW, c + place + 1, text)


def _pair(before: str, after: str, old_number: int, new_number: int) -> tuple[Line, Line]:
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > MOST_WORDS or _likeness(old, new) < ALIKE:
        return _whole(State.GONE, old_number, before), _whole(State.NEW, new_number, after)
    was, now = list[Piece](), list[Piece]()
    for tag, a, b, c, d in matcher.get_opcodes():
        kept = tag == "equal"
        was.append(Piece(State.SAME if kept else State.GONE, "".join(old[a:b])))
        now.append(Piece(State.SAME if kept else State.NEW, "".join(new[c:d])))
    return _line(State.GONE, old_number, was), _line(State.NEW, new_number, now)


def _likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """How much of the words two lines share, spaces not counted."""
    was, now = ([token for token in tokens if not token.isspace()] for tokens in (old, new))
    return SequenceMatcher(None, was, now, autojunk=False).ratio()


def _line(state: State, number: int, pieces: Iterable[Piece]) -> Line:
    return Line(state, number, tuple(piece for piece in pieces if piece.text))
