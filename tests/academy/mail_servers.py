"""Mail servers that speak TLS and ask for a password (aiosmtpd), and the authority that signs their certificates."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as Conversation
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_SIGNS_CERTIFICATES = x509.KeyUsage(
    key_cert_sign=True,
    crl_sign=True,
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)
USER, PASSWORD = "academy", "letters leave by night"


class Authority:
    """Signs certificates; its own stands in `file`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = _named("An authority of the tests")
        basic = x509.BasicConstraints(ca=True, path_length=None)
        signed = self._draft(self.name, self._key, timedelta(days=1)).add_extension(basic, critical=True)
        signed = signed.add_extension(_SIGNS_CERTIFICATES, critical=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(_pem(signed.sign(self._key, hashes.SHA256())))

    def context(self, name: str = "127.0.0.1", *, lasts: timedelta = timedelta(days=1)) -> ssl.SSLContext:
        """What a server of this name shows; a negative time makes it end in the past."""
        key = ec.generate_private_key(ec.SECP256R1())
        named = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
        draft = self._draft(_named("A mail server"), key, lasts)
        signed = draft.add_extension(x509.SubjectAlternativeName([named]), critical=False).sign(
            self._key, hashes.SHA256()
        )
        file = self._folder / f"{name}.pem"
        file.write_bytes(_pem(signed) + _secret(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _draft(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, lasts: timedelta) -> x509.CertificateBuilder:
        ends = datetime.now(UTC) + lasts
        mine = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(ends - timedelta(days=30))
            .not_valid_after(ends)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(mine, critical=False)
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _secret(key: ec.EllipticCurvePrivateKey) -> bytes:
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    return key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)


@dataclass
class Box:
    """What a server received: letters, receivers, and the passwords it was shown."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    right_password: str = PASSWORD

    async def handle_DATA(self, server: SMTP, _session: Conversation, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter."""
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        self.receivers += envelope.rcpt_tos
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 taken"

    def authenticate(self, *about: Any) -> AuthResult:
        """Let the right user in and nobody else."""
        shown = about[-1]
        assert isinstance(shown, LoginPassword)
        self.passwords.append(shown.password.decode())
        right = (shown.login.decode(), shown.password.decode()) == (USER, self.right_password)
        return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    *, implicit: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, international: bool = False
) -> Iterator[Box]:
    """A mail server on a free port: TLS from the start, by STARTTLS, or none; with TLS it takes passwords."""
    box = Box(port=free_port())
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        ssl_context=implicit,
        enable_SMTPUTF8=international,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=box.authenticate,
        auth_required=starttls is not None,
        auth_require_tls=implicit is None,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
