"""Files as people hand them in, small and real, and files that only pretend."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
MACROS = TYPES.replace(WORD, "application/vnd.ms-word.document.macroEnabled.main+xml")
PLACE = b"GPS 41.3 N 69.2 E"


def zipped(parts: Mapping[str, str | bytes], *, stored: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text, zipfile.ZIP_STORED if name == stored else None)
    return target.getvalue()


def docx(more: Mapping[str, str | bytes] | None = None, types: str = TYPES) -> bytes:
    return zipped({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **(more or {})})


def odt(more: Mapping[str, str | bytes] | None = None) -> bytes:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>", **(more or {})}
    return zipped(parts, stored="mimetype")


def pdf(more: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj << >> endobj\n" + more + b"\ntrailer << >>\n%%EOF\n"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, remark: bytes = b"") -> bytes:
    pixels = zlib.compress(b"\0\0\0\0\0\0\0" * 2)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    said = chunk(b"tEXt", b"Comment\0" + remark) if remark else b""
    return b"\x89PNG\r\n\x1a\n" + head + said + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def exif(way_up: int = 6) -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, way_up, 0)
    return b"Exif\0\0" + struct.pack("<2sHIH", b"II", 42, 8, 1) + entry + bytes(4) + PLACE


def part(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpg(*more: bytes, width: int = 2, height: int = 2) -> bytes:
    frame = part(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scan = part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + part(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0") + b"".join(more) + frame + scan + b"\xff\xd9"


def bomb() -> bytes:
    return docx({"word/media/zeros.bin": bytes(61 * 1024 * 1024)})


def lying_bomb() -> bytes:
    """A document whose list of contents says that a large part is small."""
    whole = docx({"word/media/zeros.bin": bytes(3_000_000)})
    return whole.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 100))


def locked() -> bytes:
    whole = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = whole.rfind(mark)
        whole[start + place] |= 1
    return bytes(whole)
