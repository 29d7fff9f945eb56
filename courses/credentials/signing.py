"""The signer: a process of its own that keeps a private key while there is something to sign, and ends with its orders.

The library takes 35 MB and the key is nobody else's business, so no process that answers pages loads either. It is
started as a script by `courses.credentials.signer`: a line of JSON with an order comes in, a line with the answer goes
out. Stands alone: nothing of ours is imported.
"""

import base64
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from openbadgeslib.errors import ErrorSigningFile, LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpSigner, OB3VerificationError
from openbadgeslib.ob3.clr import build_clr_credential, bundled_clr_contexts, sign_clr_credential
from openbadgeslib.ob3.did import multikey_from_pem
from openbadgeslib.ob3.ldp import add_data_integrity_proof, verify_data_integrity_proof
from openbadgeslib.ob3.status_list import build_status_list_credential

OWNER_ONLY = 0o600
POLITE = 5
Order = dict[str, Any]


class Draft:
    """A credential of ours in the shape the library's signer takes, which then looks at every member of it."""

    def __init__(self, document: Order) -> None:
        self.document = document

    def to_vc(self) -> Order:
        """The document itself."""
        return self.document


class Desk:
    """What is open on the signer's desk: one key."""

    def __init__(self) -> None:
        self.key: Ed25519PrivateKey | None = None
        self.method = ""
        self.public = b""

    def make(self, order: Order) -> Order:
        """Make a key and put it into a file that is not there yet."""
        key = Ed25519PrivateKey.generate()
        handle = os.open(order["path"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(_private_pem(key, order["passphrase"]))
            file.flush()
            os.fsync(file.fileno())
        return {"public": multikey_from_pem(_public_pem(key.public_key()))}

    def take(self, order: Order) -> Order:
        """Take the key of a file to hand; answers which one it is."""
        words = order["passphrase"].encode() or None
        key = serialization.load_pem_private_key(Path(order["path"]).read_bytes(), words)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError("the file holds no Ed25519 key")
        self.key, self.method, self.public = key, order["method"], _public_pem(key.public_key())
        return {"public": multikey_from_pem(self.public)}

    def credentials(self, order: Order) -> Order:
        """Sign credentials, and try each signature before it is given out."""
        signer = OB3LdpSigner(self.key, self.method)
        at = datetime.fromisoformat(order["at"])
        return {"signed": [self._credential(signer, each, at) for each in order["documents"]]}

    def _credential(self, signer: OB3LdpSigner, document: Order, at: datetime) -> Order:
        try:
            text = _text(signer.sign(Draft(document), created=at))  # type: ignore[arg-type]  # it asks for no more than `to_vc`
            # The text as it will be kept. What else the library's verifier looks at, its signer has looked at just now.
            verify_data_integrity_proof(json.loads(text), self.public)
        except (ErrorSigningFile, OB3VerificationError) as refusal:
            return {"refused": str(refusal)}
        return {"text": text}

    def status_list(self, order: Order) -> Order:
        """Make and sign a status list."""
        at = datetime.fromisoformat(order["from"])
        plain = build_status_list_credential(
            order["issuer"],
            order["url"],
            "revocation",
            order["revoked"],
            issued=at,
            valid_until=datetime.fromisoformat(order["until"]),
        )
        signed = add_data_integrity_proof(plain, self.key, self.method, created=at)
        verify_data_integrity_proof(signed, self.public)
        return {"text": _text(signed)}

    def record(self, order: Order) -> Order:
        """Sign a Comprehensive Learner Record around credentials that are signed already."""
        plain = build_clr_credential(
            order["issuer"],
            order["identifier"],
            [json.loads(each) for each in order["members"]],
            credential_id=order["id"],
            valid_from=datetime.fromisoformat(order["from"]),
        )
        signed = sign_clr_credential(plain, self.key, self.method)
        verify_data_integrity_proof(signed, self.public, extra_contexts=bundled_clr_contexts())
        return {"text": _text(signed)}

    def messages(self, order: Order) -> Order:
        """Sign plain bytes."""
        if self.key is None:
            raise TypeError("no key is to hand")
        signatures = [self.key.sign(base64.b64decode(each)) for each in order["messages"]]
        return {"signatures": [base64.b64encode(each).decode() for each in signatures]}


def _text(document: Order) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _private_pem(key: Ed25519PrivateKey, passphrase: str) -> bytes:
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        lock = serialization.BestAvailableEncryption(passphrase.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def _public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def main() -> None:
    """Do orders until there are no more."""
    os.nice(POLITE)  # pages come first
    desk = Desk()
    work: dict[str, Callable[[Order], Order]] = {
        "make": desk.make,
        "take": desk.take,
        "credentials": desk.credentials,
        "status_list": desk.status_list,
        "record": desk.record,
        "messages": desk.messages,
    }
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = work[order["work"]](order)
        except (OSError, ValueError, TypeError, LibOpenBadgesException) as error:
            answer = {"failed": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
