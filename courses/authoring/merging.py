"""Two people changed the same text: what can be joined is joined, the rest is shown side by side. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from merge3 import Merge3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of lines; `mine` and `theirs` differ where both changed the same lines."""

    mine: str
    theirs: str
    base: str = ""

    @property
    def disputed(self) -> bool:
        """Whether somebody has to decide."""
        return self.mine != self.theirs


@dataclass(frozen=True, slots=True)
class Merge:
    """A text put together out of pieces, in order."""

    pieces: tuple[Piece, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing has to be decided."""
        return not any(piece.disputed for piece in self.pieces)

    @property
    def text(self) -> str:
        """The joined text; in disputed places, mine."""
        return "".join(piece.mine for piece in self.pieces)


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Join two changed versions of one text, line by line."""
    old, ours, others = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    return Merge(tuple(_piece(group) for group in Merge3(old, ours, others).merge_groups()))


def _piece(group: tuple[str, Sequence[str]] | tuple[str, Sequence[str], Sequence[str], Sequence[str]]) -> Piece:
    if len(group) == 2:  # noqa: PLR2004  kind and lines: nobody, one of both, or both alike changed them
        return Piece("".join(group[1]), "".join(group[1]))
    _, old, mine, theirs = group
    return Piece("".join(mine), "".join(theirs), "".join(old))
