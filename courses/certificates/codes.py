"""Certificate codes: eighty random bits, read aloud and typed without a mistake being possible to make twice."""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 16
GROUP = 4
_LONGEST_TYPED = 80
_ALIKE = str.maketrans(
    {
        "O": "0",
        "I": "1",
        "L": "1",
        **dict(zip("АВЕКМНРСТХУО", "ABEKMHPCTXY0", strict=True)),  # the same shapes on a Cyrillic keyboard
    }
)


def new_code() -> str:
    """A code nobody can guess, such as 7F3K-92QD-X1MB-4TGH."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def symbols(typed: str) -> str:
    """What was typed without case, spaces and signs; look-alikes and digits of every script become ours."""
    wide = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).upper().translate(_ALIKE)
    return "".join(str(unicodedata.decimal(char, char)) for char in wide if char.isalnum())


def read_code(typed: str) -> str | None:
    """The code in its one spelling, or None if what was typed can be no code."""
    found = symbols(typed)
    if len(typed) > _LONGEST_TYPED or len(found) != LENGTH or not set(found) <= set(ALPHABET):
        return None
    return grouped(found)


def grouped(code: str) -> str:
    """Sixteen symbols in four groups."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))
