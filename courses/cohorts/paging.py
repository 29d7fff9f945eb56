"""A page of a list, and whether there is more of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """One page of a list, and whether there is more of it."""

    rows: Sequence[T]
    more: bool


def page_of(found: Sequence[T], size: int = PAGE) -> Shown[T]:
    """A page out of rows of which one more than fits was asked for."""
    return Shown(found[:size], len(found) > size)
