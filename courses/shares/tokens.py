"""The secret part of a link: it follows from the site's own secret, so a copy of the database opens no link."""

import base64
import hashlib
import hmac

from courses.shares.models import CertificateShare

BYTES = 16


def token_of(share: CertificateShare, key: bytes) -> str:
    """The 128 bits that open this link, in 22 letters."""
    words = f"certificate-share\n{share.id}\n{share.code}".encode()
    drawn = hmac.new(key, words, hashlib.sha256).digest()[:BYTES]
    return base64.urlsafe_b64encode(drawn).rstrip(b"=").decode()


def opens(share: CertificateShare, key: bytes, token: str) -> bool:
    """Whether a token is the one of this link."""
    return hmac.compare_digest(token_of(share, key).encode(), token.encode())
