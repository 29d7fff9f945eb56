"""Files of posts: pictures written anew from their pixels, and PDF."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from academy.uploads import service as uploads
from academy.uploads.models import Upload
from academy.uploads.service import Parcel
from alumni.forum.topics.models import Post, PostFile, State
from alumni.forum.topics.refusals import TooManyFiles

MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a post; `name` is what its owner says of it."""

    id: int
    post_id: int
    name: str
    media_type: str
    size: int

    @property
    def is_picture(self) -> bool:
        """Whether a browser shows it."""
        return self.media_type.startswith("image/")


def attach(session: Session, *, post: Post, parcel: Parcel, name: str, now: datetime) -> None:
    """Add a file, whose bytes are kept already, to a post whose topic is locked. Raises TooManyFiles, FileRefused."""
    held = session.scalar(select(func.count()).where(PostFile.post_id == post.id)) or 0
    if held >= MOST_FILES or post.author_id is None:
        raise TooManyFiles
    upload = uploads.add(session, parcel=parcel, member_id=post.author_id, now=now)
    session.add(PostFile(post_id=post.id, upload_id=upload.id, name=name))
    post.files = held + 1
    session.flush()


def detach(session: Session, *, post: Post, file_id: int) -> None:
    """Take a file off a post whose topic is locked."""
    upload_id = session.scalar(select(PostFile.upload_id).where(PostFile.id == file_id, PostFile.post_id == post.id))
    session.execute(delete(PostFile).where(PostFile.id == file_id, PostFile.post_id == post.id))
    if upload_id is not None:
        session.execute(delete(Upload).where(Upload.id == upload_id))
    post.files = session.scalar(select(func.count()).where(PostFile.post_id == post.id)) or 0
    session.flush()


def files_of(session: Session, post_ids: Collection[int]) -> dict[int, list[Attached]]:
    """The files of these posts, in their order (one query)."""
    columns = (PostFile.id, PostFile.post_id, PostFile.name, Upload.media_type, Upload.size)
    found = select(*columns).join(Upload, Upload.id == PostFile.upload_id).where(PostFile.post_id.in_(post_ids))
    files: dict[int, list[Attached]] = {}
    for row in session.execute(found.order_by(PostFile.id)):
        files.setdefault(row.post_id, []).append(Attached(*row))
    return files


def held_files(session: Session, upload_ids: Collection[int]) -> set[int]:
    """Which of these files belong to posts."""
    theirs = select(PostFile.upload_id).where(PostFile.upload_id.in_(upload_ids))
    return {number for number in session.scalars(theirs) if number is not None}


def drop_of(session: Session, post_ids: Sequence[int]) -> None:
    """Delete all files of these posts."""
    files = session.scalars(select(PostFile.upload_id).where(PostFile.post_id.in_(post_ids))).all()
    session.execute(delete(PostFile).where(PostFile.post_id.in_(post_ids)))
    session.execute(delete(Upload).where(Upload.id.in_([each for each in files if each is not None])))


def file_of(session: Session, file_id: int) -> tuple[Upload, PostFile, Post] | None:
    """A file with its post; whoever asks for it must be let read that."""
    found = select(Upload, PostFile, Post).join(PostFile, PostFile.upload_id == Upload.id)
    row = session.execute(found.join(Post, Post.id == PostFile.post_id).where(PostFile.id == file_id)).one_or_none()
    return (row[0], row[1], row[2]) if row is not None and row[2].state in {State.SHOWN, State.WAITING} else None
