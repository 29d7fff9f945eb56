"""Values out of rows, whatever their writers took for text, numbers, truths and moments."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from alumni.forum.exchange.faults import Wrong

LARGEST_SMALL = 1_999_999_999
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FALSE = frozenset({"", "0", "f", "false", "n", "no", "off", "none"})
SHORTEST_YEAR = 1990


def text(values: Mapping[str, Any], *names: str) -> str:
    """The first of these values that is there, as text without signs that no text has."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return _UNFIT.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return ""


def line(values: Mapping[str, Any], *names: str) -> str:
    """The same on one line."""
    return " ".join(text(values, *names).split())


def key(values: Mapping[str, Any], *names: str) -> str:
    """The number of something, as a key; Wrong when it is none."""
    found = line(values, *names)
    if not re.fullmatch("0*[0-9]{1,15}", found):
        raise Wrong(f"has no number in “{names[0]}”.")
    return str(int(found))


def number(values: Mapping[str, Any], *names: str) -> int:
    """A number, 0 when it is not there; Wrong for what is none."""
    found = line(values, *names)
    if not found:
        return 0
    try:
        value = int(found)
    except ValueError:
        raise Wrong(f"has “{found[:40]}” for a number in “{names[0]}”.") from None
    if not 0 <= value <= LARGEST_SMALL:
        raise Wrong(f"has a number in “{names[0]}” that cannot be: {found[:20]}.")
    return value


def flag(values: Mapping[str, Any], *names: str) -> bool:
    """A truth, False when it is not there."""
    for name in names:
        value = values.get(name)
        if isinstance(value, bool):
            return value
        if value is not None:
            return str(value).strip().lower() not in _FALSE
    return False


def moment(values: Mapping[str, Any], *names: str, now: datetime) -> str:
    """A moment as an ISO text in UTC, '' when it is not there; Wrong for what is none, or lies ahead."""
    found = line(values, *names)
    if not found or found == "0":
        return ""
    at = _moment(found)
    if at is None:
        raise Wrong(f"has “{found[:40]}” for a moment in “{names[0]}”.")
    if at > now + timedelta(days=1):
        raise Wrong(f"has a moment in “{names[0]}” that lies ahead: {found[:40]}.")
    if at.year < SHORTEST_YEAR:
        raise Wrong(f"has a moment in “{names[0]}” from before there were forums: {found[:40]}.")
    return min(at, now).isoformat()


def _moment(words: str) -> datetime | None:
    try:
        if words.isdigit():
            return datetime.fromtimestamp(int(words), UTC)
        at = datetime.fromisoformat(words.removesuffix(" UTC"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def rows_in(value: object) -> list[dict[str, Any]]:
    """The objects in a list; nothing for what is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words_in(value: object) -> tuple[str, ...]:
    """The texts in a list of texts, of objects with a name, or in a line with commas."""
    if isinstance(value, str):
        return tuple(each.strip() for each in re.split(r"[,|]", value) if each.strip())
    if not isinstance(value, list):
        return ()
    found = (each.get("name") if isinstance(each, dict) else each for each in value)
    return tuple(line({"word": each}, "word") for each in found if isinstance(each, str))


def any_moment(words: str, name: str) -> str:
    """A moment that may lie ahead, as an ISO text in UTC; Wrong for what is none."""
    at = _moment(words)
    if at is None:
        raise Wrong(f"has “{words[:40]}” for a moment in “{name}”.")
    return at.isoformat()
