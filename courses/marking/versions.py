"""The version of a piece of work that a form carries."""

LONGEST = 9


def version_of(text: str | None) -> int:
    """The version as a number; -1 for what no version can be."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST else -1
