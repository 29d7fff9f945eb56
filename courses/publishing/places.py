"""Where in a file a comment belongs: found again by the words it was made about. Pure."""

import re

WORD = re.compile(r"\w+")
ENOUGH = 40


def line_of(text: str, quote: str, line: int | None = None) -> int | None:
    """The line that begins like the quote, the nearest to where it was; the old number if there is none."""
    wanted = _bare(quote)[:ENOUGH]
    lines = text.splitlines()
    if not wanted:
        return line if line is not None and line <= len(lines) else None
    found = [number for number, each in enumerate(lines, start=1) if wanted in _bare(each)]
    if not found:
        found = [number for number, each in enumerate(lines, start=1) if len(_bare(each)) > 3 and _bare(each) in wanted]  # noqa: PLR2004  a word at least
    return min(found, key=lambda number: abs(number - (line or 1)), default=None)


def quote_of(text: str, line: int | None) -> str:
    """How a line of a text begins; '' for none."""
    lines = text.splitlines()
    return lines[line - 1].strip()[:255] if line is not None and 1 <= line <= len(lines) else ""


def _bare(text: str) -> str:
    return "".join(WORD.findall(text.casefold()))
