"""Where a page of a list begins: the number of a row, from the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE = 50
LARGEST = 2**62
ROW = f"int(max={LARGEST})"


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """One page of a list, and whether there is more of it."""

    rows: Sequence[T]
    more: bool


def page_of(found: Sequence[T], size: int = PAGE) -> Shown[T]:
    """A page out of rows of which one more than fits was asked for."""
    return Shown(found[:size], len(found) > size)


def row_number(text: str) -> int:
    """The number of a row as an address names it; ValueError for what no row can have."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError(text)
    return number
