"""What is kept of the address of somebody who wants no letters: enough to know it again, not to read it."""

import hmac

from academy.people.keys import key_for

MARK = "sealed:"


def sealed(email_key: str) -> str:
    """The address as a keyed hash."""
    return MARK + hmac.digest(key_for("graduates"), email_key.encode(), "sha256").hex()
