"""A file's bytes as the text of a form, and back: what nobody touched comes back byte for byte. Pure."""

import codecs

NEWLINES = ("\r\n", "\n", "\r")


def is_text(content: bytes) -> bool:
    """Whether a file can be edited as text at all."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text


def shown(content: bytes) -> str:
    """The text as a form shows it: without a byte order mark, every line ended by one line feed."""
    return unified(content.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace"))


def unified(text: str) -> str:
    """The same text with every line ended by one line feed, as no browser sends it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def written(text: str, like: bytes) -> str:
    """What a form sent, in the manner of the file it is about to replace: its byte order mark, its ends of lines."""
    typed = unified(text)
    if typed == shown(like):
        return like.decode("utf-8", errors="replace")
    mark = "\ufeff" if like.startswith(codecs.BOM_UTF8) else ""
    return mark + typed.removeprefix("\ufeff").replace("\n", newline_of(like))


def newline_of(content: bytes) -> str:
    """How most lines of a file end; a line feed if it has none."""
    pairs = content.count(b"\r\n")
    counts = {"\r\n": pairs, "\n": content.count(b"\n") - pairs, "\r": content.count(b"\r") - pairs}
    return max(NEWLINES, key=lambda end: (counts[end], end == "\n"))
