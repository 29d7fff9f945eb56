"""Countries: which codes are some, what they are called, and their list in the reader's language."""

from academy.i18n import current_locale

LENGTH = 2
NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
"""Codes of two letters that are no countries."""


def is_country(code: str) -> bool:
    """Whether this is the code of a country."""
    return len(code) == LENGTH and code.isalpha() and code not in NO_COUNTRIES


def named(code: str) -> str:
    """The name of a country in the reader's language; '' for what is none."""
    return str(current_locale().territories.get(code, "")) if is_country(code) else ""


def names() -> dict[str, str]:
    """The name of every country in the reader's language, by its code."""
    return {str(code): str(name) for code, name in current_locale().territories.items() if is_country(str(code))}
