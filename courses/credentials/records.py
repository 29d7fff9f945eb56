"""The record of one person across courses as a Comprehensive Learner Record 2.0: signed when asked for, never kept."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.current import the_settings
from courses.credentials import documents, keyring, queries, signer
from courses.credentials.issuer import the_issuer
from courses.credentials.models import Credential
from courses.credentials.refusals import CannotSignNow
from courses.credentials.signer import SignerFailed

MOST = 100
"""Of 2 KB each: the standard's limit is 256 KB."""


def signed_documents(session: Session, codes: Collection[str]) -> list[str]:
    """The signed credentials that stand among these, the oldest first."""
    standing = select(Credential.document).where(
        Credential.code.in_(codes), Credential.document.is_not(None), Credential.withdrawn_at.is_(None)
    )
    found = session.scalars(standing.order_by(Credential.id.desc()).limit(MOST)).all()
    return [each.decode() for each in reversed(found) if each is not None]


def record(session: Session, *, names: Sequence[str], members: Sequence[str], now: datetime) -> bytes:
    """One signed document around signed credentials of one person; raise CannotSignNow."""
    key, issuer, settings = queries.current_key(session), the_issuer(), the_settings()
    if key is None:
        raise CannotSignNow
    wanted: documents.Document = {
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.public_url},
        "identifier": [documents.named(name) for name in names if name],
        "members": list(members),
        "id": uuid4().urn,
        "from": documents.iso(now),
    }
    with signer.at_work() as hand:
        try:
            public = hand.take_key(keyring.path_of(key.name), settings.keys_passphrase, f"{key.did}#{key.name}")
        except SignerFailed as error:
            raise CannotSignNow from error
        if public != key.public:
            raise CannotSignNow
        return hand.record(wanted)
