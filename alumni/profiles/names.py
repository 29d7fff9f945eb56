"""Handles and sort keys of names."""

import secrets
import unicodedata

LETTERS = "bcdfghjkmnpqrstvwxz23456789"
LENGTH = 10


def random_handle() -> str:
    """A handle that says nothing of anybody, without vowels so that it spells no word."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def key_of(name: str) -> str:
    """A name as it is compared and sorted."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())[:255]
