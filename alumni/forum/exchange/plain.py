"""Words that were typed as mere words, so that our Markdown leaves them as they are. Pure."""

import re

ADDRESS = re.compile(r"https?://[^\s<>\[\]\"]+", re.IGNORECASE)
_SIGNS = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|(?<![\w/@#&.])[@#](?=\w)|&(?=#?\w+;)")
_INDENTED = re.compile(r"(?m)^[ \t]+")
_MARK = re.compile(r"(?m)^(?=#{1,6}(?:\s|$)|>|[-=+]+[ \t]*$|\+\s)")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|/)[^\s<>\"]*\Z", re.IGNORECASE)


def escaped(text: str, *, begins_line: bool = True) -> str:
    """The text with a stroke before each sign that would be a mark, a mention or a number of a post."""
    if not begins_line:
        first, end, others = text.partition("\n")
        return _escaped(first) + (end + escaped(others) if end else "")
    return _MARK.sub(r"\\", _INDENTED.sub("", _escaped(text)))


def _escaped(text: str) -> str:
    pieces, at = [], 0
    for found in ADDRESS.finditer(text):
        pieces += [_SIGNS.sub(r"\\\g<0>", text[at : found.start()]), found[0]]
        at = found.end()
    pieces.append(_SIGNS.sub(r"\\\g<0>", text[at:]))
    return "".join(pieces)


def link(words: str, target: str) -> str:
    """A link, or only its words where the target is no address for a reader."""
    target = target.strip().strip("\"'")
    if target.lower().startswith("www."):
        target = f"https://{target}"
    if not _SAFE_LINK.fullmatch(target) or target.startswith("//"):
        return words
    if words in {"", target}:
        return target
    return f"[{words}]({target.replace('(', '%28').replace(')', '%29')})"


def quoted(text: str, *heading: str) -> str:
    """The text as a quotation, below what says whose it is."""
    lines = [*heading, *([""] if heading else []), *text.strip().splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def fenced(text: str, language: str = "") -> str:
    """A block of code, between marks longer than any in it."""
    longest = max((len(each) for each in re.findall(r"`{3,}", text)), default=2)
    mark = "`" * (longest + 1)
    return f"{mark}{language}\n{text.strip(chr(10))}\n{mark}"


def inline_code(text: str) -> str:
    """A few words of code."""
    if "\n" in text:
        return f"\n\n{fenced(text)}\n\n"
    mark = "`" * (max((len(each) for each in re.findall(r"`+", text)), default=0) + 1)
    space = " " if "`" in text else ""
    return f"{mark}{space}{text}{space}{mark}"


def squeezed(text: str) -> str:
    """The text without more than one empty line anywhere."""
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+\n", "\n\n", text).strip()
