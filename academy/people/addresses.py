"""E-mail addresses: one way to compare them, one way to hide them."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


class NotAnAddress(ValueError):
    """The text cannot be an e-mail address."""


def key_of(address: str) -> str:
    """The address as it is compared (NFC, casefolded, domain in IDNA); raises NotAnAddress."""
    try:
        parts = validate_email(address.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise NotAnAddress(str(error)) from error
    local = unicodedata.normalize("NFC", unicodedata.normalize("NFC", parts.local_part).casefold())
    key = f"{local}@{(parts.ascii_domain or parts.domain).casefold()}"
    if len(key) > LONGEST:
        raise NotAnAddress(address)
    return key


def as_written(address: str) -> str:
    """The address as its owner writes it, in one canonical spelling of its characters."""
    return unicodedata.normalize("NFC", address.strip())
