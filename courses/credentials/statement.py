"""The compact statement of a certificate, small enough for the code square of a printed sheet.

It is signed by the same key as the credential, at the same time and by the same hand, and kept beside it; a web process
only reads it. What it says is decided here alone.
"""

import hashlib
import json
import unicodedata
from dataclasses import dataclass

from courses.credentials.facts import CredentialFacts

FORMAT = "CG1"
DIGEST = 16
SIGNATURE = 64


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, by which key it was signed, and the signature (Ed25519, 64 bytes) over the bytes of the message."""

    message: bytes
    key_name: str
    signature: bytes


def message_of(facts: CredentialFacts, key_name: str) -> bytes:
    """The bytes that are signed: the code, a digest that binds the name to it, the achievement, its day and its end."""
    told = [
        FORMAT,
        facts.code,
        name_digest(facts.code, facts.holder_name),
        facts.achievement.id,
        facts.issued_at.date().isoformat(),
        facts.expires_at.date().isoformat() if facts.expires_at else "",
        facts.version,
        key_name,
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def name_digest(code: str, name: str) -> str:
    """A digest of a name that can only be compared with one: the code, which the paper shows, is its salt."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    return hashlib.sha256(f"{code}\n{plain}".encode()).hexdigest()[: 2 * DIGEST]


def kept(message: bytes, signature: bytes) -> bytes:
    """Message and signature as one value of a column."""
    return signature + message


def read(value: bytes, key_name: str) -> Statement:
    """The statement that was kept so."""
    return Statement(value[SIGNATURE:], key_name, value[:SIGNATURE])
