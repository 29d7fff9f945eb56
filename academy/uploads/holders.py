"""What holds files: a feature says which of some files it still needs; the rest is cleared away after a day."""

from collections.abc import Callable, Collection

from flask import current_app
from sqlalchemy.orm import Session

Holder = Callable[[Session, Collection[int]], Collection[int]]


def add(holder: Holder) -> None:
    """Let this feature answer, of files by their numbers, which ones it holds."""
    _holders().append(holder)


def held(session: Session, upload_ids: Collection[int]) -> set[int]:
    """Which of these files anything holds."""
    return {each for holder in _holders() for each in holder(session, upload_ids)}


def _holders() -> list[Holder]:
    holders: list[Holder] = current_app.extensions.setdefault("academy.upload_holders", [])
    return holders
