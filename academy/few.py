"""Counts that are too small to be told, because they could point at a person."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
FEWEST = 5
"""The smallest number of people of whom it is said how many they are."""


def enough(count: int) -> int | None:
    """A count as far as it may be told: None when it is smaller than five, nobody included."""
    return count if count >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Shown(Generic[Key]):
    """A count of people by something that each has one of: what may be shown, and all others together.

    `total` is None when it is too small itself.
    """

    cells: Mapping[Key, int]
    others: int
    total: int | None


def shown(counts: Mapping[Key, int], fewest: int = FEWEST) -> Shown[Key]:
    """The cells of so many and more; the smaller ones go together with the next larger ones.

    With a single small cell the total would tell it, with several the sum might: so the smallest cells that could be
    shown, all of one size, are hidden too. Whatever stands in the hidden cells could be exchanged among them without
    any change to what is shown, and they are not all alike unless all cells are hidden.
    """
    total = sum(counts.values())
    filled = {key: count for key, count in counts.items() if count}
    small = {key for key, count in filled.items() if count < fewest}
    large = {key: count for key, count in filled.items() if count >= fewest}
    if small and large:
        least = min(large.values())
        large = {key: count for key, count in large.items() if count > least}
    return Shown(large, total - sum(large.values()), total if total >= fewest else None)
