"""Handles and sort keys of names."""

import re
import secrets

from academy.folding import fold

LETTERS = "bcdfghjkmnpqrstvwxz23456789"
LENGTH, LONGEST_KEY = 10, 255
HANDLE = re.compile(r"[a-z0-9-]{1,64}")


def random_handle() -> str:
    """A handle that says nothing of anybody, without vowels so that it spells no word."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def may_be_handle(text: str) -> bool:
    """Whether anybody could have this handle at all; what could be none is not even looked for."""
    return HANDLE.fullmatch(text) is not None


def key_of(words: str) -> str:
    """A name, or anything else of a few words, as it is compared and sorted."""
    return (fold(words) or words.casefold())[:LONGEST_KEY]
