"""The compact statement of a certificate, small enough for the code square of a printed sheet.

It is a COSE_Sign1 message (RFC 9052) with the code as external data, for the square carries the code in its address.
The key of the credential signs it, at the same time and by the same hand, and it is kept beside the credential; a web
process only reads it. What it says is decided here alone (docs/decisions/0020); static/js/check reads it.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from academy import zones
from courses.credentials import cbor
from courses.credentials.facts import CredentialFacts

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-/:"
"""The letters that code squares pack best, as far as they may stand in an address: two bytes fit into three."""
DIGEST = 8
SIGNATURE = 64
TIERS = {"": 0, "participation": 1, "completion": 2}
EDDSA = cbor.octets(cbor.entry(1, b"\x27"))
KEY_ID = 4
EPOCH = date(1970, 1, 1)
_KEY_PREFIX = "key-"
_LETTERS_OF_NAMES = frozenset({"Ll", "Lo", "Nd"})
_ALIKE = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, by which key it was signed, and the signature (Ed25519, 64 bytes) over the bytes of the message."""

    message: bytes
    key_name: str
    signature: bytes

    def packed(self, code: str) -> str:
        """The message as the square of this certificate carries it."""
        payload = self.message[len(_signed(code, b"")) :]
        key = cbor.entry(KEY_ID, cbor.octets(short_name(self.key_name).encode()))
        return letters(cbor.listed(EDDSA, key, payload, cbor.octets(self.signature)))


def message_of(facts: CredentialFacts) -> bytes:
    """The bytes that are signed: the code, what binds the names to it, what was achieved, its day, edition and end."""
    names = (facts.holder_name, facts.other_name)
    told = [
        cbor.octets(b"".join(name_digest(facts.code, name) for name in names if name)),
        cbor.text(facts.achievement.id.removesuffix(f".{facts.tier}")),
        cbor.number(TIERS[facts.tier]),
        cbor.number((zones.home_day(facts.issued_at) - EPOCH).days),
        cbor.number(facts.version),
    ]
    if facts.expires_at is not None:
        last = zones.home_day(facts.expires_at - timedelta(microseconds=1))
        told.append(cbor.number((last - EPOCH).days))
    return _signed(facts.code, cbor.octets(cbor.listed(*told)))


def _signed(code: str, payload: bytes) -> bytes:
    """What COSE signs (Sig_structure); the payload stands last."""
    return cbor.listed(cbor.text("Signature1"), EDDSA, cbor.octets(code.encode()), payload)


def name_digest(code: str, name: str) -> bytes:
    """What tells one name from another for whoever has both: the code, which the paper shows, is its salt."""
    return hashlib.sha256(f"{code}\n{folded(name)}".encode()).digest()[:DIGEST]


def folded(name: str) -> str:
    """A name without case, accents, spaces and signs; the check page does the same in the browser."""
    plain = unicodedata.normalize("NFKD", name).lower().translate(_ALIKE)
    return "".join(letter for letter in plain if unicodedata.category(letter) in _LETTERS_OF_NAMES)


def short_name(key_name: str) -> str:
    """The name of a key as statements know it."""
    return key_name.removeprefix(_KEY_PREFIX)


def letters(content: bytes) -> str:
    """Bytes in the letters of code squares: three for two bytes, two for the last one."""
    pairs = (content[place : place + 2] for place in range(0, len(content), 2))
    return "".join(_spelled(int.from_bytes(pair, "big"), len(pair) + 1) for pair in pairs)


def _spelled(number: int, size: int) -> str:
    found = ""
    for _ in range(size):
        number, rest = divmod(number, len(LETTERS))
        found = LETTERS[rest] + found
    return found


def kept(message: bytes, signature: bytes) -> bytes:
    """Message and signature as one value of a column."""
    return signature + message


def read(value: bytes, key_name: str) -> Statement:
    """The statement that was kept so."""
    return Statement(value[SIGNATURE:], key_name, value[:SIGNATURE])
