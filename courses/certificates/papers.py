"""What a file that somebody was handed says of itself: which certificate, and the credential in it. Trusts nothing."""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from courses.certificates.codes import read_code

MOST_BYTES = 256 * 1024
_MOST_PARTS = 200
_PNG = b"\x89PNG\r\n\x1a\n"
_ADDRESS = re.compile(r"/c/([0-9A-Za-z-]{16,24})(?![0-9A-Za-z-])")
_EMBEDDED = re.compile(rb"<<(?=[^<>]*/EmbeddedFile)(?:[^<>]|<<[^<>]*>>)*>>\s*stream\r?\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d{1,7})\b")
_OPENS, _CLOSES, _JOINT = "<![CDATA[", "]]>", "]]]]><![CDATA[>"  # the joint stands for an end inside the words


@dataclass(frozen=True, slots=True)
class Paper:
    """The code a file speaks of, and the credential it holds as text; either may be missing."""

    code: str | None = None
    credential: str = ""


def read(content: bytes) -> Paper:
    """What a PDF, PNG, SVG or JSON file says; nothing if it is anything else."""
    if content.startswith(b"%PDF-"):
        return _first(_in_pdf(content))
    if content.startswith(_PNG):
        return _first(_in_png(content))
    text = content.decode("utf-8", "replace")
    return _first(_in_svg(text) if "<svg" in text[:2000] else iter([text]))


def _first(texts: Iterator[str]) -> Paper:
    """A credential, if one of the texts is one, else the first address of ours that is among them."""
    code = None
    for text in texts:
        credential = _credential(text)
        if credential is not None:
            return credential
        match = _ADDRESS.search(text)
        code = code or (read_code(match[1]) if match else None)
    return Paper(code)


def _credential(text: str) -> Paper | None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("id"), str):
        return None
    match = _ADDRESS.search(document["id"])
    return Paper(read_code(match[1]) if match else None, text)


def _in_pdf(content: bytes) -> Iterator[str]:
    for turn, head in enumerate(_EMBEDDED.finditer(content)):
        length = _LENGTH.search(head[0])
        if turn >= _MOST_PARTS or length is None:
            return
        data = content[head.end() : head.end() + int(length[1])]
        yield _text(_inflated(data) if b"/FlateDecode" in head[0] else data)
    yield _text(content)


def _in_svg(text: str) -> Iterator[str]:
    """What stands in a drawing as plain words; one pass, whatever stands there."""
    start = text.find(_OPENS)
    for _ in range(_MOST_PARTS):
        end = text.find(_CLOSES, start)
        while text[end - 2 : end + len(_JOINT) - 2] == _JOINT:
            end = text.find(_CLOSES, end + len(_JOINT) - 2)
        if start < 0 or end < 0:
            return
        yield text[start + len(_OPENS) : end].replace(_JOINT, _CLOSES)
        start = text.find(_OPENS, end)


def _in_png(content: bytes) -> Iterator[str]:
    place = len(_PNG)
    for _ in range(_MOST_PARTS):
        size, kind = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        data = content[place + 8 : place + 8 + size]
        if kind in {b"tEXt", b"iTXt"}:
            yield _text(_words_of_chunk(kind, data))
        if kind in {b"IEND", b""}:
            return
        place += 12 + size


def _words_of_chunk(kind: bytes, data: bytes) -> bytes:
    _keyword, _, rest = data.partition(b"\0")
    if kind == b"tEXt":
        return rest
    squeezed, rest = rest[:1] == b"\1", rest[2:]
    for _language_and_translation in range(2):
        rest = rest.partition(b"\0")[2]
    return _inflated(rest) if squeezed else rest


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MOST_BYTES)
    except zlib.error:
        return b""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
