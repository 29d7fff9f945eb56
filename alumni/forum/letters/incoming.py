"""A letter as it comes in: whose, to which addresses, what it says. Nothing that a letter holds makes this fail."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from html.parser import HTMLParser

from alumni.forum.letters.stripping import own_words

RECEIVERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
OF_PROGRAMS = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Loop", "Feedback-ID")
PRECEDENCE = frozenset({"bulk", "junk", "list", "auto_reply"})
SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
MOST_ADDRESSES, MOST_PARTS = 50, 200
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "pre"})
_HIDDEN = frozenset({"script", "style", "head", "title", "blockquote"})
_QUOTES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
_ENDS = frozenset({"divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a letter says. `token` is the same whenever the same letter comes; `by_program`: nobody wrote it."""

    sender: str
    receivers: tuple[str, ...]
    token: str
    message_id: str
    by_program: bool
    has_files: bool
    text: str


def read(letter: bytes) -> Incoming:
    """Read a letter."""
    message = message_from_bytes(letter)
    senders = _addresses(message, "From")
    number = _header(message, "Message-ID").strip()
    parts = list(_parts(message))
    return Incoming(
        sender=senders[0] if len(senders) == 1 else "",
        receivers=tuple(each for name in RECEIVERS for each in _addresses(message, name)),
        token=hashlib.sha256(number.encode("utf-8", "replace") or letter).hexdigest()[:32],
        message_id=number,
        by_program=_is_by_program(message),
        has_files=any(_is_file(part) for part in parts),
        text=own_words(_text(parts)),
    )


def _header(message: Message, name: str) -> str:
    try:
        return "".join(
            piece.decode(charset or "ascii", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(str(message.get(name, "")))
        )
    except (LookupError, ValueError):  # a charset that nobody knows, or base64 that is none
        return ""


def _addresses(message: Message, name: str) -> list[str]:
    values = [str(each) for each in message.get_all(name, [])][:MOST_ADDRESSES]
    return [address.strip() for _name, address in getaddresses(values)[:MOST_ADDRESSES] if "@" in address]


def _is_by_program(message: Message) -> bool:
    submitted = _header(message, "Auto-Submitted").strip().lower()
    return (
        submitted not in {"", "no"}
        or _header(message, "Precedence").strip().lower() in PRECEDENCE
        or any(name in message for name in OF_PROGRAMS)
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() in {"multipart/report", "message/delivery-status"}
    )


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something; letters within the letter are one part, not looked into."""
    left, seen = [message], 0
    while left and seen < MOST_PARTS:
        part, seen = left.pop(0), seen + 1
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            left = [each for each in inside if isinstance(each, Message)] + left
        else:
            yield part


def _is_file(part: Message) -> bool:
    """Whether somebody attached this: not the text, not a signature, not a picture that stands in the text."""
    if part.get_content_type() in SIGNATURES or "Content-ID" in part:
        return False
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() != "text"


def _text(parts: list[Message]) -> str:
    for wanted, said in (("text/plain", _decoded), ("text/html", lambda part: _from_html(_decoded(part)))):
        for part in parts:
            if part.get_content_type() == wanted and not _is_file(part):
                return said(part)
    return ""


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    text = _as_text(data, part.get_content_charset("utf-8"))
    return _unfolded(text, part) if str(part.get_param("format", "")).lower() == "flowed" else text


def _as_text(data: bytes, charset: str) -> str:
    for each in (charset, "utf-8", "cp1251"):
        try:
            return data.decode(each).replace("\x00", "")
        except (LookupError, UnicodeError):
            continue
    return data.decode("utf-8", "replace").replace("\x00", "")


def _unfolded(text: str, part: Message) -> str:
    """Paragraphs whose lines end in a blank go on in the next line (RFC 3676)."""
    together = str(part.get_param("delsp", "")).lower() == "yes"
    lines: list[str] = []
    goes_on = False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw.removeprefix(" ") if not raw.startswith("  ") else raw
        soft = line.endswith(" ") and line != "-- " and not line.startswith(">")
        words = line[:-1] if soft and together else line
        lines[-1:] = [lines[-1] + words] if goes_on else [*lines[-1:], words]
        goes_on = soft
    return "\n".join(lines)


class _Reader(HTMLParser):
    """The words of a letter that is HTML alone, without what is quoted in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden: list[str] = []
        self._over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where one begins; leave out what is hidden or quoted."""
        given = {name: value or "" for name, value in attrs}
        self._over = self._over or given.get("id", "") in _ENDS
        if self._hidden:
            self._hidden += [tag] if tag == self._hidden[0] else []
        elif tag in _HIDDEN or any(name in given.get("class", "") for name in _QUOTES):
            self._hidden.append(tag)
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Come back from what was left out."""
        if self._hidden and tag == self._hidden[0]:
            self._hidden.pop()
        elif tag == "p":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words, on one line as a page would show them."""
        if not self._hidden and not self._over:
            self.words.append(" ".join(f"x{data}x".split())[1:-1] if data.strip() else " " if self.words else "")


def _from_html(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "\n".join(line.strip() for line in "".join(reader.words).split("\n"))
