"""Counts that are too small to be told, because they could point at a person."""

FEWEST = 5
"""The smallest number of people of whom it is said how many they are."""


def enough(count: int) -> int | None:
    """A count as far as it may be told: None when it is smaller than five, nobody included."""
    return count if count >= FEWEST else None
