"""Take a file in, let it go, forget all of a member's."""

import hashlib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy import clock
from academy.jobs.service import enqueue
from academy.uploads import kinds, queries, refusals, store
from academy.uploads.models import Upload, place_of
from academy.web.forms import CONTROL, OVERRIDES

FORGET = "uploads.forget"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that was looked at and can be kept."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def inspected(sent: FileStorage, taken: Collection[str]) -> Parcel:
    """A file as a browser sent it, checked; raise FileRefused with the reason."""
    name = proper_name(sent.filename or "")
    content = sent.stream.read(refusals.LARGEST + 1)
    if len(content) > refusals.LARGEST:
        raise refusals.too_large()
    kind, cleaned = kinds.recognised(content, taken)
    return Parcel(name, kind.media_type, cleaned)


def proper_name(typed: str) -> str:
    """The name of a file without the folders before it; raise FileRefused for names that play tricks."""
    name = unicodedata.normalize("NFC", typed.replace("\\", "/").rpartition("/")[2])
    if any(unicodedata.category(char) in CONTROL or char in OVERRIDES for char in name):
        raise refusals.bad_name()
    name = " ".join(name.split())
    if not name.strip("."):
        raise refusals.bad_name()
    if len(name) > refusals.LONGEST_NAME:
        raise refusals.long_name()
    return name


def store_bytes(parcel: Parcel, member_id: int) -> None:
    """Keep the bytes, before the row is written: bytes without a row are cleared away, rows have their bytes.

    Do it before the request's transaction begins, so that nobody waits for a slow store.
    """
    store.put(place_of(member_id, parcel.digest), parcel.content)


def add(session: Session, *, parcel: Parcel, member_id: int, now: datetime) -> Upload:
    """Note a file whose bytes are kept; raise FileRefused when its owner has too much here."""
    size = len(parcel.content)
    if queries.space_of(session, member_id) + size > refusals.MOST_OF_ONE:
        raise refusals.too_many()
    made = Upload(
        member_id=member_id,
        digest=parcel.digest,
        name=parcel.name,
        media_type=parcel.media_type,
        size=size,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def forget(session: Session, member_id: int) -> None:
    """Erase all files of a member: their rows now, their bytes as soon as this is committed."""
    session.execute(delete(Upload).where(Upload.member_id == member_id))
    enqueue(session, job=FORGET, values={"member": member_id}, now=clock.now())
