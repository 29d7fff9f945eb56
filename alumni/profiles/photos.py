"""A member's photo: a small square of what they sent, written anew, and nothing of what the camera noted."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy.i18n import lazy_gettext as _l
from academy.jobs.service import enqueue
from academy.later import later
from academy.uploads import refusals
from academy.uploads import service as uploads
from academy.uploads.models import Upload
from academy.uploads.refusals import FileRefused
from academy.uploads.service import Parcel
from alumni.profiles import changes
from alumni.profiles.models import Profile, ProfilePhoto

LARGE, SMALL = 320, 112
MOST = 24 * 1024
NAMES = {f"{side}.{ending}": f"image/{ending}" for side in (LARGE, SMALL) for ending in ("avif", "webp")}
"""The files a photo is kept as, and their media types."""
made_square = later("academy.pictures.service:made_square")


def cut(sent: FileStorage) -> dict[str, Parcel]:
    """The files of a photo, by name; raise FileRefused when it is none.

    Do it before the request's transaction begins: it takes a while.
    """
    content = sent.stream.read(refusals.LARGEST + 1)
    if len(content) > refusals.LARGEST:
        raise refusals.too_large()
    files = made_square(content, (LARGE, SMALL), most=MOST)
    if not files:
        raise FileRefused(_l("This is no picture that we can read. Please choose a JPEG, PNG, WebP or AVIF file."))
    return {name: Parcel(f"photo-{name}", NAMES[name], files[name]) for name in NAMES}


def replace(session: Session, *, profile: Profile, files: dict[str, Parcel], now: datetime) -> None:
    """Let these be the files of somebody's photo; with none, the photo is taken away. Their bytes are kept already."""
    held = session.scalars(select(ProfilePhoto.upload_id).where(ProfilePhoto.member_id == profile.member_id)).all()
    session.execute(delete(ProfilePhoto).where(ProfilePhoto.member_id == profile.member_id))
    session.execute(delete(Upload).where(Upload.id.in_(held)))
    if held:  # the bytes go with the next breath of the worker, not with its daily round
        enqueue(session, job=uploads.FORGET, values={"member": profile.member_id}, now=now)
    for name, parcel in files.items():
        row = uploads.add(session, parcel=parcel, member_id=profile.member_id, now=now)
        session.add(ProfilePhoto(member_id=profile.member_id, name=name, upload_id=row.id))
    large = files.get(f"{LARGE}.webp")
    profile.photo = large.digest if large else ""
    profile.updated_at = now
    changes.tell(session, profile.member_id)
