"""Addresses for answers: each is one member's for one topic, or a post of it, signed, and good for sixty days.

Mail servers fold letters, and allow 64 of them before the @: base32 of the numbers, the day it ends, and a signature.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

GOOD_FOR = timedelta(days=60)
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_WIDTHS = (5, 4, 5, 2)
_SIGNATURE = 14
LENGTH = 48


@dataclass(frozen=True, slots=True)
class Way:
    """What an address says: who may answer where, to which post (0: to none), and whether it still holds."""

    member_id: int
    topic_id: int
    post_id: int
    lapsed: bool


def address(base: str, secret: str, *, member_id: int, topic_id: int, now: datetime, post_id: int = 0) -> str:
    """The address at which this member answers this post; `base` is the setting, such as reply@academy.example."""
    last = (now + GOOD_FOR - _BEGINNING).days
    said = b"".join(
        number.to_bytes(width, "big")
        for number, width in zip((member_id, topic_id, post_id, last), _WIDTHS, strict=True)
    )
    token = base64.b32encode(said + _signed(secret, said)).decode().lower()
    local, _at, domain = base.partition("@")
    return f"{local}+{token}@{domain}"


def read(base: str, secret: str, text: str, now: datetime) -> Way | None:
    """What an address says; None for one that is not ours."""
    local, _at, domain = base.partition("@")
    begins, ends = f"{local}+", f"@{domain}"
    text = text.strip().lower()
    token = text.removeprefix(begins).removesuffix(ends)
    if not (text.startswith(begins) and text.endswith(ends)) or len(token) != LENGTH:
        return None
    try:
        kept = base64.b32decode(token.upper())
    except (binascii.Error, ValueError):
        return None
    said, signature = kept[:-_SIGNATURE], kept[-_SIGNATURE:]
    if not hmac.compare_digest(signature, _signed(secret, said)):
        return None
    member_id, topic_id, post_id, last = _numbers(said)
    return Way(member_id, topic_id, post_id, (now - _BEGINNING).days > last)


def _numbers(said: bytes) -> list[int]:
    ends = list(accumulate(_WIDTHS))
    return [int.from_bytes(said[end - width : end], "big") for end, width in zip(ends, _WIDTHS, strict=True)]


def _signed(secret: str, said: bytes) -> bytes:
    return hmac.new(secret.encode(), b"forum.answer.to\n" + said, hashlib.sha256).digest()[:_SIGNATURE]
