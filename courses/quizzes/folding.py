"""What counts as the same short answer, in any of the site's scripts, and which numbers a text can mean."""

import re
from decimal import Decimal

from academy.folding import digit, plain, translated

_NUMBER_SIGNS = str.maketrans({"٫": ".", "٬": " ", "'": " "})
_NUMBER = re.compile(r"[^\w+-]*(?P<sign>[+-]?) ?(?P<body>\d[\d .,]*)[^\w+-]*")
_GROUPED = re.compile(r"\d{1,3}( \d{3})+|\d+")
_LONGEST_NUMBER = 40


def fold(text: str) -> str:
    """The text as short answers are compared: without case, accents, outer punctuation and needless spaces.

    Accents go in every script, because many phones cannot write them: "Élysée" is "elysee", "ё" is "е".
    """
    words = plain(text)
    return _without_outer_signs(words) or words


def _without_outer_signs(text: str) -> str:
    inside = [place for place, char in enumerate(text) if char.isalnum()]
    return text[inside[0] : inside[-1] + 1] if inside else ""


def numbers(text: str) -> frozenset[Decimal]:
    """The numbers a text can mean: "1,325" is read by some as a thousand and by others as a fraction.

    Western and Eastern Arabic digits, a decimal comma or point, and spaces, commas, points or apostrophes between
    thousands are understood; a text that is anything else means no number.
    """
    if len(text) > _LONGEST_NUMBER:
        return frozenset()
    digits = "".join(digit(char) for char in translated(text)).translate(_NUMBER_SIGNS)
    found = _NUMBER.fullmatch(" ".join(digits.split()))
    if found is None:
        return frozenset()
    body = found["body"].rstrip(" .,")
    sign = -1 if found["sign"] == "-" else 1
    return frozenset(sign * value for value in _readings(body))


def _readings(body: str) -> set[Decimal]:
    readings = {_decimal(body, thousands, point) for thousands, point in ((",", "."), (".", ","), ("", "."), ("", ","))}
    return {value for value in readings if value is not None}


def _decimal(body: str, thousands: str, point: str) -> Decimal | None:
    whole, _, fraction = body.partition(point)
    whole = whole.replace(thousands, " ") if thousands else whole
    if not _GROUPED.fullmatch(whole) or not re.fullmatch(r"\d*", fraction):
        return None
    return Decimal(f"{whole.replace(' ', '')}.{fraction or '0'}")
