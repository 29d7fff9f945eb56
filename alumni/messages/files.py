"""The one file of a message: a picture written anew from its pixels, or a PDF without its history."""

from datetime import datetime

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy.later import later
from academy.uploads import refusals, service
from academy.uploads.service import Parcel

TAKEN = ("jpg", "png", "pdf")
MOST = 400 * 1024
made_bare = later("academy.pictures.service:made_bare")
TYPES = {"webp": "image/webp", "pdf": "application/pdf"}


def parcel_of(sent: FileStorage) -> Parcel:
    """The file as it is kept; raise FileRefused with the reason."""
    checked = service.inspected(sent, TAKEN)
    written: dict[str, bytes] = made_bare(checked.content, most=MOST)
    for ending, media_type in TYPES.items():
        if written.get(ending):
            return Parcel(f"file.{ending}", media_type, written[ending])
    raise refusals.damaged()


def add(session: Session, parcel: Parcel, member_id: int, now: datetime) -> int:
    """Note the file, whose bytes are kept already; its number."""
    return service.add(session, parcel=parcel, member_id=member_id, now=now).id
