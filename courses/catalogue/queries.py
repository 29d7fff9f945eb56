"""Reads of the catalogue's tables that the library does not keep."""

import mimetypes
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.catalogue.models import Edition, EditionFile, StoredFile

SHORTEST_DIGEST = 8
PICTURES = {".svg": "image/svg+xml", ".avif": "image/avif", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file beside the lessons, as it is served."""

    digest: str
    media_type: str
    content: bytes


def media_file(session: Session, slug: str, digest: str, name: str) -> MediaFile | None:
    """The file of this course whose content has a digest that begins like this."""
    if len(digest) < SHORTEST_DIGEST or not digest.isalnum() or "." not in name:
        return None
    row = session.execute(
        select(StoredFile.digest, StoredFile.content)
        .join(EditionFile, EditionFile.digest == StoredFile.digest)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .where(
            Edition.course_slug == slug,
            EditionFile.path == f"media/{name}",
            EditionFile.digest.startswith(digest, autoescape=True),
        )
        .limit(1)
    ).one_or_none()
    return MediaFile(row.digest, type_of(name), row.content) if row else None


def type_of(name: str) -> str:
    """The media type of a file by the ending of its name."""
    suffix = name[name.rindex(".") :].lower()
    return PICTURES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def edition_digests(session: Session, edition_id: int) -> dict[str, str]:
    """The digest of every file of an edition, by path."""
    rows = session.execute(select(EditionFile.path, EditionFile.digest).where(EditionFile.edition_id == edition_id))
    return {row.path: row.digest for row in rows}
