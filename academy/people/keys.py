"""Keys for what must be secret even in a stolen database; each is made from the site's secret for one use."""

import hmac

from flask import current_app

HASH, SIZE = "sha256", 32
NO_SALT = bytes(SIZE)


def key_for(use: str, *, length: int = 32) -> bytes:
    """The key for this use; another use has another key."""
    return derived(str(current_app.secret_key).encode(), f"academy:{use}".encode(), length)


def derived(secret: bytes, use: bytes, length: int) -> bytes:
    """HKDF with SHA-256 and no salt (RFC 5869); it needs nothing but HMAC, and spares every process a large library."""
    extracted = hmac.digest(NO_SALT, secret, HASH)
    key = block = b""
    while len(key) < length:
        block = hmac.digest(extracted, block + use + bytes([len(key) // SIZE + 1]), HASH)
        key += block
    return key[:length]
