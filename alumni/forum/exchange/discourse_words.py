"""From the Markdown that Discourse keeps to ours: quotes, mentions, uploads, line ends. Pure but for the lookups."""

import re
from collections.abc import Iterator
from itertools import pairwise

from alumni.forum.exchange import plain
from alumni.forum.exchange.wording import Lookups

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"`[^`\n]+`")
_QUOTE = re.compile(r"\[quote(?:=\"?([^\]\n]{0,300}?)\"?)?\]|(\[/quote\])", re.IGNORECASE)
_UPLOAD = re.compile(
    r"(!?)\[([^\]\n]{0,300})\]\((upload://([A-Za-z0-9]{1,40})(?:\.\w{1,8})?|[^)\s]{0,2000})(?:\s\"[^\"\n]{0,200}\")?\)"
)
_SIZE = re.compile(r"\|\d+x\d+(?:,\s*\d+%)?(?=$)|\|(?:attachment|video|audio|thumbnail)$")
_MENTION = re.compile(r"(?<![\w@/`.])@([\w.-]{1,60}\w|\w)", re.UNICODE)
_HTML_IMAGE = re.compile(r"<img\b[^<>]{0,600}?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(src|alt)=[\"']([^\"']{0,2000})[\"']", re.IGNORECASE)
_HTML = re.compile(
    r"</?(?:b|i|u|s|em|strong|small|big|sub|sup|kbd|del|ins|mark|div|span|p|center)(?:\s[^<>]{0,300})?>", re.IGNORECASE
)
_BREAK = re.compile(r"<br ?/?>\n?", re.IGNORECASE)
_DATE = re.compile(r"\[date(?:-range)?[= ](?:from=)?\"?([\d-]{8,10})[^\]\n]{0,300}\]")
_BLOCK = re.compile(
    r"\[/?(?:details(?:=\"?([^\]\n]{0,200}?)\"?)?|poll[^\]\n]{0,300}|spoiler|wrap[^\]\n]{0,200}|center)\]",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+-]{1,40}):(?![\w:])")
_STARTS_BLOCK = re.compile(r"^\s*(?:$|[>#|]|[-*+]\s|\d+[.)]\s|(?:[-*_]\s*){3,}$|={2,}\s*$)")
EMOJI = {
    "slight_smile": "🙂", "smile": "😄", "smiley": "😃", "grinning": "😀", "grin": "😁", "wink": "😉", "joy": "😂",
    "blush": "😊", "thinking": "🤔", "cry": "😢", "heart": "❤️", "+1": "👍", "thumbsup": "👍", "-1": "👎",
    "clap": "👏", "pray": "🙏", "wave": "👋", "tada": "🎉", "rocket": "🚀", "warning": "⚠️", "white_check_mark": "✅",
    "point_up": "☝️", "point_down": "👇", "eyes": "👀", "bulb": "💡", "memo": "📝", "frowning": "😦", "worried": "😟",
}  # fmt: skip
DEEPEST = 5


def markdown(raw: str, lookups: Lookups) -> str:
    """A post in our Markdown."""
    pieces = [text if code else _prose(text, lookups) for code, text in _parted(raw)]
    return plain.squeezed(_quotations("\n".join(pieces), lookups))


def digest_of(short: str) -> str:
    """The SHA-1 that the short name of an upload stands for."""
    value = 0
    for char in short:
        value = value * 62 + BASE62.index(char)
    return f"{value:040x}"


def _parted(raw: str) -> Iterator[tuple[bool, str]]:
    """The text in turns: what is code between fences, and what is not."""
    kept: list[str] = []
    fence = ""
    for line in raw.split("\n"):
        found = _FENCE.match(line)
        if fence:
            kept.append(line)
            if found and found[1][0] == fence[0] and len(found[1]) >= len(fence):
                yield True, "\n".join(kept)
                kept, fence = [], ""
        elif found:
            yield False, "\n".join(kept)
            kept, fence = [line], found[1]
        else:
            kept.append(line)
    yield bool(fence), "\n".join(kept)


def _prose(text: str, lookups: Lookups) -> str:
    pieces, at = [], 0
    for found in _CODE.finditer(text):
        pieces += [_marked(text[at : found.start()], lookups), found[0]]
        at = found.end()
    pieces.append(_marked(text[at:], lookups))
    return _broken("".join(pieces))


def _marked(text: str, lookups: Lookups) -> str:
    text = _HTML_IMAGE.sub(_as_markdown, _BREAK.sub("\n", text))
    text = _HTML.sub("", _DATE.sub(r"\1", text))
    text = _BLOCK.sub(lambda found: f"**{found[1]}**\n" if found[1] else "", text)
    text = _UPLOAD.sub(lambda found: _file(found, lookups), text)
    text = _EMOJI.sub(lambda found: EMOJI.get(found[1], found[0]), text)
    return _MENTION.sub(lambda found: lookups.mention(found[1]), text)


def _as_markdown(found: re.Match[str]) -> str:
    said = {name.lower(): value for name, value in _ATTRIBUTE.findall(found[0])}
    return f"![{said.get('alt', '')}]({said.get('src', '')})"


def _file(found: re.Match[str], lookups: Lookups) -> str:
    name = _SIZE.sub("", found[2]).strip()
    if found[4]:
        return lookups.file(digest_of(found[4]), name)
    if uploaded := re.search(r"/uploads/\S*?([0-9a-f]{40})", found[3]):
        return lookups.file(uploaded[1], name)
    return plain.link(name or found[3], found[3]) if found[1] else found[0]


def _broken(text: str) -> str:
    """Lines end where they ended: Discourse breaks a line wherever somebody pressed the key."""
    lines = text.split("\n")
    for place, (line, following) in enumerate(pairwise(lines)):
        apart = _STARTS_BLOCK.match(following) or _STARTS_BLOCK.match(line)
        if not apart and not line.endswith(("\\", "  ")) and not _QUOTE.search(line) and not _QUOTE.search(following):
            lines[place] = f"{line}\\"
    return "\n".join(lines)


def _quotations(text: str, lookups: Lookups) -> str:
    """`[quote]` with what is in it, as lines that begin with `>`."""
    open_ones: list[tuple[list[str], list[str]]] = []
    kept: list[str] = []
    at = 0
    for found in _QUOTE.finditer(text):
        kept.append(text[at : found.start()])
        at = found.end()
        if found[2] is None and len(open_ones) < DEEPEST:
            open_ones.append((_heading(found[1] or "", lookups), kept))
            kept = []
        elif found[2] and open_ones:
            heading, outer = open_ones.pop()
            kept = [*outer, f"\n\n{plain.quoted(''.join(kept), *heading)}\n\n"]
    kept.append(text[at:])
    while open_ones:
        _heading_lost, outer = open_ones.pop()
        kept = [*outer, *kept]
    return "".join(kept)


def _heading(value: str, lookups: Lookups) -> list[str]:
    parts = [each.strip() for each in value.strip('"“”').split(",")]
    said = dict(each.split(":", 1) for each in parts[1:] if ":" in each)
    talk, number = said.get("topic", "").strip(), said.get("post", "").strip()
    named = talk if talk.isdigit() else "", int(number) if number.isdigit() and len(number) < 10 else 0  # noqa: PLR2004
    return lookups.heading(said.get("username", parts[0]).strip(), talk=named[0], number=named[1])
