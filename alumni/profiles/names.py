"""Handles and sort keys of names."""

import secrets

from academy.folding import fold

LETTERS = "bcdfghjkmnpqrstvwxz23456789"
LENGTH, LONGEST_KEY = 10, 255


def random_handle() -> str:
    """A handle that says nothing of anybody, without vowels so that it spells no word."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def key_of(words: str) -> str:
    """A name, or anything else of a few words, as it is compared and sorted."""
    return (fold(words) or words.casefold())[:LONGEST_KEY]
