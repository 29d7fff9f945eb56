"""What a letter is made of: features put in what they know that is worth telling."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.people.actor import Actor
from alumni.profiles.viewers import Viewer

MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose letter it is, and what it is about: everything between two moments."""

    actor: Actor
    viewer: Viewer
    since: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is told: a name or a title, the path of its page, and perhaps a few words."""

    words: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the letter. `lines` are what this reader may see, in their language; without any there is no part.

    `all_url` is the path of the page with all of it.
    """

    title: Text
    order: int
    all_url: str
    lines: Callable[[Session, Reader], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece as a letter or a page tells it."""

    title: str
    url: str
    lines: Sequence[Line]


def add(piece: Piece) -> None:
    """Put a piece into every letter."""
    pieces = _pieces()
    pieces.append(piece)
    pieces.sort(key=lambda each: each.order)


def told(session: Session, reader: Reader) -> list[Part]:
    """What is worth telling this reader now; nothing is an answer too."""
    found = ((piece, piece.lines(session, reader)) for piece in _pieces())
    return [Part(str(piece.title), piece.all_url, lines[:MOST_LINES]) for piece, lines in found if lines]


def _pieces() -> list[Piece]:
    pieces: list[Piece] = current_app.extensions.setdefault("academy.digest_pieces", [])
    return pieces
