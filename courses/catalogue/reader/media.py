"""The files in media/: what they are, how large they may be, and whether anything uses them."""

import hashlib
import re
from collections.abc import Callable, Collection, Container, Mapping

from courses.catalogue.content import LANGUAGES, Media
from courses.catalogue.reader.faults import FileNotes, Notes, sentence
from courses.catalogue.reader.pictures import Refused, Size, avif_size, jpeg_size, png_size, svg_size, webp_size

NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*(?:\.[a-z]{2})?\.[a-z0-9]+")
LARGEST_PICTURE = 25 * 1024
LARGEST_DOCUMENT = 2 * 1024 * 1024
TYPES: Mapping[str, tuple[str, Callable[[bytes], Size | None]]] = {
    "svg": ("image/svg+xml", svg_size),
    "png": ("image/png", png_size),
    "jpg": ("image/jpeg", jpeg_size),
    "jpeg": ("image/jpeg", jpeg_size),
    "webp": ("image/webp", webp_size),
    "avif": ("image/avif", avif_size),
}
DOCUMENTS = {"pdf": ("application/pdf", (b"%PDF-",)), "mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3"))}

BAD_NAME = sentence("a media file is named in small Latin letters, digits and hyphens, as in first-map.svg")
UNKNOWN_TYPE = sentence(
    'files of the type "%(ending)s" are not accepted; pictures may be %(known)s, documents pdf or mp3'
)
TOO_LARGE = sentence("the file is %(size)d KB large; %(most)d KB is the most")
NOT_TYPE = sentence("this is not a readable %(ending)s file")
UNUSED = sentence("no lesson uses this file")


def read(path: str, data: bytes, note: FileNotes) -> Media | None:
    """Check one file; None if it is not acceptable."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower()
    if not NAME.fullmatch(name):
        note.say(1, BAD_NAME)
    if ending in TYPES:
        media_type, measure = TYPES[ending]
        size = _measured(data, ending, measure, note)
    elif ending in DOCUMENTS:
        media_type, size = DOCUMENTS[ending][0], _recognised(data, ending, note)
    else:
        note.say(1, UNKNOWN_TYPE, ending=ending[:20], known=", ".join(TYPES))
        return None
    if size is None:
        return None
    return Media(path, media_type, hashlib.sha256(data).hexdigest(), len(data), *size)


def _measured(data: bytes, ending: str, measure: Callable[[bytes], Size | None], note: FileNotes) -> Size | None:
    if _too_large(data, LARGEST_PICTURE, note):
        return None
    try:
        size = measure(data)
    except Refused as refusal:
        note.say(1, refusal.text, **refusal.values)
        return None
    if size is None or 0 in size:
        note.say(1, NOT_TYPE, ending=ending)
        return None
    return size


def _recognised(data: bytes, ending: str, note: FileNotes) -> Size | None:
    if _too_large(data, LARGEST_DOCUMENT, note):
        return None
    if not data.startswith(DOCUMENTS[ending][1]):
        note.say(1, NOT_TYPE, ending=ending)
        return None
    return None, None


def _too_large(data: bytes, most: int, note: FileNotes) -> bool:
    if len(data) > most:
        note.say(1, TOO_LARGE, size=-(-len(data) // 1024), most=most // 1024)
    return len(data) > most


def variants(path: str) -> list[str]:
    """The names a file may have for each language: media/a.svg, media/a.ru.svg and so on."""
    stem, _, ending = path.rpartition(".")
    return [f"{stem}.{language}.{ending}" for language in LANGUAGES]


def twin_of(path: str) -> str:
    """The name a lighter twin of a WebP has; "" for other files."""
    stem, _, ending = path.rpartition(".")
    return f"{stem}.avif" if ending == "webp" else ""


def check_use(paths: Collection[str], used: Collection[str], notes: Notes) -> None:
    """Note each file that nothing leads to, neither by its own name nor as a language's variant of another."""
    reached = {variant for path in used for variant in (path, *variants(path))}
    reached |= {twin_of(path) for path in reached}
    for path in paths:
        if path not in reached:
            notes.on(path).say(1, UNUSED)


def is_twin(path: str, files: Container[str]) -> bool:
    """Whether a file is the lighter form of a picture: texts name the other one, and readers get either."""
    return path.endswith(".avif") and f"{path.removesuffix('.avif')}.webp" in files
