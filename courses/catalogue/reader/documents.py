"""One Markdown file: bytes to text, front matter and body, with line numbers kept."""

import re
from dataclasses import dataclass

from courses.catalogue.reader import front_matter
from courses.catalogue.reader.faults import FileNotes, sentence
from courses.catalogue.reader.front_matter import Node

LARGEST = 64 * 1024
FENCE = "---"
TOO_LARGE = sentence("the file is %(size)d KB large; 64 KB of Markdown is the most")
NOT_UTF8 = sentence("the file is not UTF-8 text; save it as UTF-8")
CONTROL = sentence("the file has a character here that is no text (code %(code)d)")
NO_FENCE = sentence('the file must begin with a line of "---", then lines like "title: …", then "---" again')
NOT_CLOSED = sentence('the front matter that opens here is never closed; end it with a line of "---"')
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a course; `line` is the number of the body's first line; `keys` is None if they cannot be read."""

    path: str
    keys: dict[str, Node] | None
    body: str
    line: int
    note: FileNotes


def text_of(data: bytes, note: FileNotes) -> str | None:
    """Decode a file; a byte order mark and Windows line ends are accepted."""
    if len(data) > LARGEST:
        note.say(1, TOO_LARGE, size=-(-len(data) // 1024))
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        note.say(data.count(b"\n", 0, error.start) + 1, NOT_UTF8)
        return None
    control = CONTROLS.search(text)
    if control:
        note.say(text.count("\n", 0, control.start()) + 1, CONTROL, code=ord(control.group()))
        return None
    return text


def read(path: str, data: bytes, note: FileNotes) -> Document | None:
    """Split a file into front matter and body; note what is wrong and answer None if there is nothing to go on with."""
    text = text_of(data, note)
    if text is None:
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        note.say(1, NO_FENCE)
        return None
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE), None)
    if end is None:
        note.say(1, NOT_CLOSED)
        return None
    keys = front_matter.parse("\n".join(lines[1:end]), 2, note)
    return Document(path, keys, "\n".join(lines[end + 1 :]), end + 2, note)
