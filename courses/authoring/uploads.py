"""Pictures and documents for a course: recognised by their content, made small and bare, named for addresses."""

from dataclasses import dataclass

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.pictures.service import made_bare
from courses.catalogue.reader import media
from courses.catalogue.reader.faults import Fault, Notes

MOST = 10 * 1024 * 1024
ID3_HEADER = 10


class NotUsable(DomainError):
    """The file is nothing a course may hold."""

    sentence = _l("This is no picture, PDF or MP3 that can be read. Please save it anew and try again.")


class StillTooLarge(DomainError):
    """However much it is shrunk, it does not fit."""

    sentence = _l("This picture stays larger than 25 KB even when it is made small. Please cut it or choose another.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The files an upload becomes, by path, and the one that a text refers to."""

    path: str
    files: dict[str, bytes]


def prepared(name: str, content: bytes) -> Prepared:
    """The files to keep under this name; raise NotUsable, StillTooLarge, or CourseFaults' own sentence as Refused."""
    if content.lstrip()[:5] in {b"<svg ", b"<?xml"} or content.lstrip()[:4] == b"<svg":
        return _checked(name, {"svg": content})
    if content.startswith(b"ID3") or content[:2] in {b"\xff\xfb", b"\xff\xf3"}:
        return _checked(name, {"mp3": _without_tag(content)})
    made = made_bare(content, most=media.LARGEST_PICTURE)
    if not made:
        raise NotUsable
    if any(len(each) > media.LARGEST_PICTURE for ending, each in made.items() if ending != "pdf"):
        raise StillTooLarge
    return _checked(name, made)


class Refused(Exception):
    """The reader of courses finds fault with it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _checked(name: str, made: dict[str, bytes]) -> Prepared:
    notes = Notes("")
    files = {f"media/{name}.{ending}": content for ending, content in made.items()}
    for path, content in files.items():
        media.read(path, content, notes.on(path))
    if notes.faults:
        raise Refused(notes.faults[0])
    return Prepared(next(iter(files)), files)


def _without_tag(content: bytes) -> bytes:
    """An MP3 without what its tag tells of its maker; the size of a tag is written in four times seven bits."""
    if not content.startswith(b"ID3") or len(content) < ID3_HEADER:
        return content
    size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    return content[ID3_HEADER + size :] or content
