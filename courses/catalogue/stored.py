"""The bytes of course files, kept once by their digest however many editions and drafts hold them."""

import hashlib
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.catalogue.models import StoredFile


def digest_of(content: bytes) -> str:
    """The name of these bytes: SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def keep(session: Session, contents: Iterable[bytes]) -> None:
    """Keep these bytes; what is there already stays, whoever else brings it at the same moment."""
    wanted = {digest_of(content): content for content in contents}
    there = select(StoredFile.digest).where(StoredFile.digest.in_(wanted))
    # Locked, so that what is there is not swept away before it is named again (see `sweeping.py`).
    kept = set(session.scalars(there.with_for_update(read=True, key_share=True)))
    fresh = [StoredFile(digest=digest, content=wanted[digest]) for digest in wanted if digest not in kept]
    try:
        with session.begin_nested():
            session.add_all(fresh)
    except IntegrityError:
        for file in fresh:
            _keep_one(session, file.digest, wanted[file.digest])


def _keep_one(session: Session, digest: str, content: bytes) -> None:
    try:
        with session.begin_nested():
            session.add(StoredFile(digest=digest, content=content))
    except IntegrityError:
        return  # somebody was quicker: the same bytes are there


def load(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """These bytes by their digests; one that is not kept is left out."""
    found = session.execute(select(StoredFile.digest, StoredFile.content).where(StoredFile.digest.in_(digests)))
    return {row.digest: row.content for row in found}
