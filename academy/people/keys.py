"""Keys for what must be secret even in a stolen database; each is made from the site's secret for one use."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


def key_for(use: str, *, length: int = 32) -> bytes:
    """The key for this use; another use has another key."""
    secret = str(current_app.secret_key).encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"academy:{use}".encode()).derive(secret)
