"""Pictures without what they tell beside themselves: place, device, hour, whatever hangs behind their end. Pure.

Pixels are not touched, so nothing has to be unpacked; of a photograph's remarks only the way up it is held is kept.
"""

import struct
import zlib

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_PIXELS = 100_000_000
TALKATIVE = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
FIRST_APP, LAST_APP = 0xE0, 0xEF
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
KEPT_APPS = {0xE0: b"", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
EXIF, ORIENTATION, WAYS_UP = b"Exif\0\0", 0x0112, range(2, 9)
CHUNK_FRAME = 12


class Damaged(Exception):
    """It is not what its beginning promises, or it ends too early."""


class Swollen(Exception):
    """It is larger, unpacked, than any picture need be."""


def clean_png(content: bytes) -> bytes:
    """The picture without its remarks and without what follows its end."""
    kept, place = [PNG], len(PNG)
    while place + CHUNK_FRAME <= len(content):
        size, name = struct.unpack_from(">I4s", content, place)
        end = place + CHUNK_FRAME + size
        chunk = content[place:end]
        if end > len(content) or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise Damaged
        if len(kept) == 1:
            _check_first(name, chunk)
        if name not in TALKATIVE:
            kept.append(chunk)
        if name == b"IEND":
            return b"".join(kept)
        place = end
    raise Damaged


def _check_first(name: bytes, chunk: bytes) -> None:
    if name != b"IHDR" or len(chunk) != CHUNK_FRAME + 13:
        raise Damaged
    _check_size(*struct.unpack_from(">II", chunk, 8))


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Damaged
    if width * height > MOST_PIXELS:
        raise Swollen


def clean_jpeg(content: bytes) -> bytes:
    """The photograph without its remarks and without what follows its end."""
    kept, place = [content[:2]], 2
    while True:
        marker, place = _marker(content, place)
        if marker == EOI:
            return b"".join([*kept, bytes((0xFF, EOI))])
        if marker in ALONE or marker == SOI:
            raise Damaged
        body = _body(content, place)
        place += 2 + len(body)
        if marker in FRAMES and len(body) > 5:  # noqa: PLR2004  precision, height, width
            _check_size(*struct.unpack_from(">HH", body, 1)[::-1])
        body = _quiet(marker, body)
        if body:
            kept.append(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body)
        if marker == SOS:
            end = _end_of_scan(content, place)
            kept.append(content[place:end])
            place = end


def _marker(content: bytes, place: int) -> tuple[int, int]:
    if content[place : place + 1] != b"\xff":
        raise Damaged
    while content[place : place + 1] == b"\xff":
        place += 1
    if place >= len(content):
        raise Damaged
    return content[place], place + 1


def _body(content: bytes, place: int) -> bytes:
    size = int.from_bytes(content[place : place + 2])
    body = content[place + 2 : place + size]
    if size < 2 or len(body) != size - 2:  # noqa: PLR2004  the size counts itself
        raise Damaged
    return body


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands that is no part of the scan."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise Damaged
        follows = content[place + 1]
        if follows != 0 and follows not in ALONE and follows != 0xFF:  # noqa: PLR2004  a filling byte
            return place
        place += 1 if follows == 0xFF else 2  # noqa: PLR2004


def _quiet(marker: int, body: bytes) -> bytes:
    """What is kept of a part: nothing of a remark, but the way up of a photograph."""
    if marker == COM:
        return b""
    if not FIRST_APP <= marker <= LAST_APP:
        return body
    if marker in KEPT_APPS and body.startswith(KEPT_APPS[marker]):
        return body
    return _way_up(body[len(EXIF) :]) if body.startswith(EXIF) else b""


def _way_up(remarks: bytes) -> bytes:
    order = {b"II": "<", b"MM": ">"}.get(remarks[:2])
    try:
        way = _orientation(remarks, order) if order else 1
    except struct.error:
        return b""
    if way not in WAYS_UP:
        return b""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, way, 0)
    return EXIF + struct.pack(">2sHIH", b"MM", 42, 8, 1) + entry + bytes(4)


def _orientation(remarks: bytes, order: str) -> int:
    (first,) = struct.unpack_from(f"{order}I", remarks, 4)
    (count,) = struct.unpack_from(f"{order}H", remarks, first)
    for number in range(min(count, 200)):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", remarks, first + 2 + 12 * number)
        if tag == ORIENTATION:
            return int(value)
    return 1
