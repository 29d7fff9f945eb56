"""A mailbox behind TLS: it is read if its certificate is good, and learns nothing, not even the password, if not."""

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from academy import clock
from tests.academy.test_mail_fetching import Mailbox, fetched, mailbox

LETTER = b"Subject: one\r\n\r\nHello\r\n"


def certificate(folder: Path, address: str, *, days: int = 2) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Post")])
    began = clock.now() - timedelta(days=9)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=9 + days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "post.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@contextmanager
def behind_tls(pem: Path) -> Iterator[tuple[Mailbox, str]]:
    """A mailbox that speaks TLS with this certificate, and its address in the settings."""
    secrets = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secrets.load_cert_chain(pem)
    with mailbox(LETTER, tls=secrets) as (box, url):
        yield box, url.replace("imap://", "imaps://")


def test_a_mailbox_with_a_good_certificate_is_read(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with behind_tls(pem) as (box, url):
        assert fetched(app, url) == (1, [LETTER])
        assert "LOGIN" in box.said


@pytest.mark.parametrize("wrong", ["by nobody", "for somebody else", "over"])
def test_a_mailbox_with_a_wrong_certificate_learns_nothing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    address, days = ("127.0.0.2" if wrong == "for somebody else" else "127.0.0.1"), -1 if wrong == "over" else 2
    pem = certificate(tmp_path, address, days=days)
    if wrong != "by nobody":
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with behind_tls(pem) as (box, url):
        assert fetched(app, url) == (0, [])
        assert (box.said, box.seen) == ([], set())
