"""What a file is, told by its content alone; what it tells of its maker's device is taken out of pictures. Pure."""

import io
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from academy.pictures import bare
from academy.uploads import refusals

MOST_PARTS = 2000
MOST_UNPACKED = 60 * refusals.MEBIBYTE
CHUNK = 256 * 1024
END_OF_PDF = 2048
LOCKED = 0x1
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WRITER = "application/vnd.oasis.opendocument.text"
FIRST_PART = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of files: the ending of its names, its media type, and what checks (and cleans) its content."""

    ending: str
    media_type: str
    checked: Callable[[bytes], bytes]


def recognised(content: bytes, taken: Collection[str]) -> tuple[Kind, bytes]:
    """The kind of a file and the bytes to keep; raise FileRefused unless it is whole and of one of these kinds."""
    if not content:
        raise refusals.empty()
    name = _named(content)
    if name not in taken:
        raise refusals.not_taken(", ".join(name.upper() for name in taken))
    kind = KINDS[name]
    return kind, kind.checked(content)


def _named(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(bare.PNG):
        return "png"
    if content.startswith(bare.JPEG):
        return "jpg"
    return _document(content) if content.startswith(FIRST_PART) else ""


def _document(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            if "mimetype" in names and _beginning(parts, "mimetype").strip() == WRITER.encode():
                return "odt"
            if "[Content_Types].xml" in names and "word/document.xml" in names:
                return "docx"
    except (zipfile.BadZipFile, RuntimeError, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise refusals.damaged() from error
    return ""


def _beginning(parts: zipfile.ZipFile, name: str, most: int = 1000) -> bytes:
    with parts.open(name) as part:
        return part.read(most)


def _pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-END_OF_PDF:]:
        raise refusals.damaged()
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refusals.twofold()
    return content


def _docx(content: bytes) -> bytes:
    parts = _unpacked(content)
    if WORD not in parts["[Content_Types].xml"]:
        raise refusals.with_macros() if b"macroEnabled" in parts["[Content_Types].xml"] else refusals.damaged()
    if any("vbaproject" in name.lower() for name in parts):
        raise refusals.with_macros()
    return content


def _odt(content: bytes) -> bytes:
    parts = _unpacked(content)
    if any(name.startswith(("Basic/", "Scripts/")) for name in parts):
        raise refusals.with_macros()
    return content


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The names of all parts, with the bytes of the lists of contents; every part is read to its end once."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _parts(parts)
    except (zipfile.BadZipFile, RuntimeError, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise refusals.damaged() from error


def _parts(parts: zipfile.ZipFile) -> dict[str, bytes]:
    entries = parts.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise refusals.swollen()
    if any(entry.flag_bits & LOCKED for entry in entries):
        raise refusals.locked()
    if any(_leads_astray(entry.filename) for entry in entries) or len({each.filename for each in entries}) < len(
        entries
    ):
        raise refusals.damaged()
    return {entry.filename: _read(parts, entry) for entry in entries}


def _leads_astray(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _read(parts: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    kept, seen = b"", 0
    with parts.open(entry) as part:
        while chunk := part.read(CHUNK):
            seen += len(chunk)
            if seen > entry.file_size:
                raise refusals.swollen()
            if entry.filename == "[Content_Types].xml":
                kept += chunk
    if seen != entry.file_size:
        raise refusals.damaged()
    return kept


def _picture(clean: Callable[[bytes], bytes], content: bytes) -> bytes:
    try:
        return clean(content)
    except bare.Damaged as error:
        raise refusals.damaged() from error
    except bare.Swollen as error:
        raise refusals.swollen() from error


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Mapping[str, Kind] = {
    "pdf": Kind("pdf", "application/pdf", _pdf),
    "docx": Kind("docx", _DOCX, _docx),
    "odt": Kind("odt", WRITER, _odt),
    "png": Kind("png", "image/png", partial(_picture, bare.clean_png)),
    "jpg": Kind("jpg", "image/jpeg", partial(_picture, bare.clean_jpeg)),
}
ENDINGS: Mapping[str, str] = {
    **{kind.media_type: kind.ending for kind in KINDS.values()},
    "image/webp": "webp",  # what our own pictures are kept as
    "image/avif": "avif",
}
