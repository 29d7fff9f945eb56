"""A drawing that a learner hands in: a lake between two shores, as a picture of few colours."""

import struct
import zlib

WIDTH, HEIGHT, CENTRE, RADIUS = 360, 240, 180, 90
SHORES, LAKE = ((222, 214, 190), (190, 205, 170)), (70, 130, 170)


def map_of_a_lake(turn: int) -> bytes:
    """The picture as PNG; each turn has another lake."""
    rows = (bytes([0, *_row(line, RADIUS - 8 * (turn % 5))]) for line in range(HEIGHT))
    size = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, content) for name, content in parts)


def _row(line: int, radius: int) -> bytes:
    half = radius**2 - (line - HEIGHT // 2) ** 2
    return b"".join(bytes(_colour(column, half)) for column in range(WIDTH))


def _colour(column: int, half: int) -> tuple[int, int, int]:
    if (column - CENTRE) ** 2 < 2 * half:
        return LAKE
    return SHORES[column > CENTRE]


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
