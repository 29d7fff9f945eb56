"""Reads of uploaded files."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.uploads.models import Upload


def space_of(session: Session, member_id: int) -> int:
    """How many bytes a member's files have."""
    return session.scalar(select(func.coalesce(func.sum(Upload.size), 0)).where(Upload.member_id == member_id)) or 0


def own(session: Session, member_id: int, upload_id: int) -> Upload | None:
    """A file of this member."""
    return session.scalar(select(Upload).where(Upload.id == upload_id, Upload.member_id == member_id))


def of_member(session: Session, member_id: int) -> Sequence[Upload]:
    """All files of a member, oldest first."""
    return session.scalars(select(Upload).where(Upload.member_id == member_id).order_by(Upload.id)).all()


def with_place(session: Session, pairs: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    """Which of these (member, digest) still have a row."""
    members, digests = {member for member, _ in pairs}, {digest for _, digest in pairs}
    found = session.execute(
        select(Upload.member_id, Upload.digest).where(Upload.member_id.in_(members), Upload.digest.in_(digests))
    )
    return {(row.member_id, row.digest) for row in found}


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """The files of a member, for their export; the bytes are fetched at their addresses."""
    return {
        "files": [
            {
                "name": each.name,
                "media_type": each.media_type,
                "size": each.size,
                "sha256": each.digest,
                "added_at": each.created_at.isoformat(),
                "address": f"/account/files/{each.id}",
            }
            for each in of_member(session, member_id)
        ]
    }
