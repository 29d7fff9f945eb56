"""The statement in the code square: what paper proves without a network, read back from the printed page."""

import base64
import hashlib
import io
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.certificates.models import Certificate
from courses.credentials import queries, statement
from courses.credentials.facts import AchievementFacts, CredentialFacts
from tests.browser import Browser
from tests.courses import certified
from tests.courses.certified import NOON

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-/:"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
FACTS = CredentialFacts(
    code="7F3K-92QD-X1MB-4TGH",
    holder_name="Айгүл Сәтбекқызы",
    achievement=AchievementFacts("preventive-diplomacy.12.completion", "T", "D", "C", "en", "Course"),
    issued_at=datetime(2026, 11, 22, 20, tzinfo=UTC),
    language="en",
    tier="completion",
)


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, signed."""
    return certified.signed(app, session, lena)


def test_the_square_on_paper_proves_who_was_given_what(
    browser: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    printed = browser.signed_in(lena).open(f"/c/{certificate.code}.png").response.data
    with Image.open(io.BytesIO(printed)) as picture:
        (square,) = zxingcpp.read_barcodes(picture)
    address, _, packed = square.text.partition("#")
    assert address == f"http://localhost/c/{certificate.code}"
    protected, unprotected, payload, signature = unpacked(packed)
    assert protected == bytes.fromhex("a10127")
    key = key_named(session, unprotected[4].decode())
    key.verify(signature, signed(certificate.code, protected, payload))
    names, achieved, tier, day, version = decoded(payload)
    assert names == hashlib.sha256(f"{certificate.code}\nеленасәтбекқызы".encode()).digest()[:8]
    assert (achieved, tier, version) == ("first-steps.1", 2, 1)
    assert date(1970, 1, 1) + timedelta(days=day) == date(2026, 11, 22)
    with pytest.raises(InvalidSignature):
        key.verify(signature, signed("7F3K-92QD-X1MB-4TGH", protected, payload))
    with pytest.raises(InvalidSignature):
        key.verify(signature, signed(certificate.code, protected, payload.replace(b"\x02", b"\x01")))


def test_the_signed_credential_is_inside_the_sheet(
    browser: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    sheet = browser.signed_in(lena).open(f"/c/{certificate.code}.pdf").response.data
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        inside = pdf.attachments["credential.json"].get_file().read_bytes()
    assert inside == queries.credential_bytes(session, certificate.code)
    assert browser.signed_in(lena).open(f"/c/{certificate.code}.pdf").response.data == sheet, "the same bytes again"


def test_a_statement_says_until_when_and_knows_a_second_name(app: Flask) -> None:
    ends = datetime(2028, 2, 29, 19, tzinfo=UTC)
    with app.app_context():
        message = statement.message_of(replace(FACTS, expires_at=ends, other_name="Aigul", version=3))
    told = decoded(payload_of(message))
    assert told[0] == statement.name_digest(FACTS.code, FACTS.holder_name) + statement.name_digest(FACTS.code, "aigül")
    assert (told[4], date(1970, 1, 1) + timedelta(days=told[5])) == (3, date(2028, 2, 29))
    assert date(1970, 1, 1) + timedelta(days=told[3]) == date(2026, 11, 23), "the day in Tashkent"


def test_a_statement_fits_the_square(app: Flask) -> None:
    with app.app_context():
        message = statement.message_of(replace(FACTS, expires_at=NOON))
    packed = statement.read(statement.kept(message, bytes(64)), "key-2026-1").packed(FACTS.code)
    assert len(packed) <= 187, "version 9 of the square, with an address of 50 letters: half a millimetre a module"
    assert set(packed) <= set(LETTERS)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Lena Müller-Šimečka", "LENA MULLER SIMECKA"),
        ("Oʻgʻiloy Gʻulomova", "O'g'iloy G‘ulomova"),
        ("Ёлкина-Щукина", "елкина щукина"),
        ("فرشته‌سادات حسینی‌نژاد", "فرشته سادات حسيني نژاد"),
        ("İpek Ňuryýewa", "ipek nuryyewa"),
    ],
)
def test_one_name_written_two_ways_is_one_name(written: str, typed: str) -> None:
    assert statement.folded(written) == statement.folded(unicodedata.normalize("NFD", typed)) != ""
    assert statement.folded(written) != statement.folded(written + "x")


def unpacked(packed: str) -> Any:
    """The four parts of the message, read by other means than they were written."""
    numbers = [LETTERS.index(letter) for letter in packed]
    content = bytearray()
    for place in range(0, len(numbers), 3):
        group = numbers[place : place + 3]
        value = 0
        for each in group:
            value = value * 41 + each
        content += value.to_bytes(len(group) - 1, "big")
    return decoded(bytes(content))


def decoded(content: bytes) -> Any:
    """What these bytes of CBOR say."""
    value, rest = _item(content)
    assert rest == b""
    return value


def _item(content: bytes) -> tuple[Any, bytes]:
    kind, number, rest = content[0] >> 5, content[0] & 31, content[1:]
    if number in {24, 25}:
        size = number - 23
        number, rest = int.from_bytes(rest[:size], "big"), rest[size:]
    if kind == 0:
        return number, rest
    if kind == 1:
        return -1 - number, rest
    if kind in {2, 3}:
        return (rest[:number] if kind == 2 else rest[:number].decode()), rest[number:]
    found = []
    for _ in range(number if kind == 4 else 2 * number):
        value, rest = _item(rest)
        found.append(value)
    return (found if kind == 4 else dict(zip(found[::2], found[1::2], strict=True))), rest


def payload_of(message: bytes) -> bytes:
    """The last part of what is signed."""
    payload: bytes = decoded(message)[3]
    return payload


def signed(code: str, protected: bytes, payload: bytes) -> bytes:
    """What the signature is over, as RFC 9052 says, written down here a second time."""
    parts = (b"\x6aSignature1", _string(protected), _string(code.encode()), _string(payload))
    return b"\x84" + b"".join(parts)


def _string(value: bytes) -> bytes:
    return (bytes([0x40 + len(value)]) if len(value) < 24 else bytes([0x58, len(value)])) + value


def key_named(session: Session, short: str) -> Ed25519PublicKey:
    """The public half of a key, out of the text that the world reads."""
    key = queries.key_named(session, f"key-{short}")
    assert key is not None
    number = 0
    for letter in key.public.removeprefix("z"):
        number = number * 58 + BASE58.index(letter)
    raw = number.to_bytes(34, "big")
    assert raw[:2] == base64.b16decode("ED01")
    return Ed25519PublicKey.from_public_bytes(raw[2:])
