"""Deciding between two versions of the same lines: what the page asks, and the text that the answers make. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from courses.authoring.merging import Merge, Piece


class Choice(StrEnum):
    """What becomes of a disputed piece."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece as the page shows it. `number` is that of a dispute; 0: everybody says the same here."""

    number: int
    line: int
    piece: Piece
    chosen: str = ""
    own: str = ""
    error: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """All pieces with what was chosen so far."""

    stretches: tuple[Stretch, ...]

    @property
    def complete(self) -> bool:
        """Whether everything disputed was decided."""
        return all(stretch.chosen and not stretch.error for stretch in self.stretches if stretch.number)

    @property
    def text(self) -> str:
        """The text as it was decided; mine where nothing was."""
        return "".join(map(_outcome, self.stretches))


def decide(merge: Merge, answers: Mapping[str, str], ask: bool = True) -> Decision:
    """Read the answers of the page: `choice-1` and `own-1` for the first dispute, and so on.

    Whoever typed a text of their own but chose something else is asked again: nothing typed gets lost unseen.
    """
    found, number, line = [], 0, 1
    for piece in _gathered(merge):
        if piece.disputed:
            number += 1
            found.append(_answered(piece, number, line, answers, ask))
        else:
            found.append(Stretch(0, line, piece))
        line += piece.mine.count("\n")
    return Decision(tuple(found))


def _gathered(merge: Merge) -> list[Piece]:
    """The pieces, with neighbours that nobody disputes as one."""
    found: list[Piece] = []
    for piece in merge.pieces:
        if found and not piece.disputed and not found[-1].disputed:
            both = found[-1].mine + piece.mine
            found[-1] = Piece(both, both)
        else:
            found.append(piece)
    return found


def _answered(piece: Piece, number: int, line: int, answers: Mapping[str, str], ask: bool) -> Stretch:
    chosen = answers.get(f"choice-{number}", "")
    own = answers.get(f"own-{number}", piece.mine)
    typed = own.rstrip("\n") != piece.mine.rstrip("\n")
    if chosen not in set(Choice):
        chosen = Choice.OWN.value if typed else ""
    wrong = ask and (not chosen or (typed and chosen != Choice.OWN))
    return Stretch(number, line, piece, chosen, own, wrong)


def _outcome(stretch: Stretch) -> str:
    piece = stretch.piece
    match stretch.chosen:
        case Choice.THEIRS:
            return piece.theirs
        case Choice.BOTH:
            return _ended(piece.mine, piece.theirs) + piece.theirs
        case Choice.OWN:
            return _ended(stretch.own, piece.mine or piece.theirs) if stretch.own else ""
        case _:
            return piece.mine


def _ended(text: str, like: str) -> str:
    """The text ended by a line end if what stands beside it has one: two lines must not become one."""
    return text if text.endswith("\n") or not like.endswith("\n") else text + "\n"
