"""From BBCode, as phpBB keeps it, to our Markdown. Linear in time and bounded in depth, whatever was typed."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from alumni.forum.exchange import plain
from alumni.forum.exchange.wording import Lookups

DEEPEST = 20
_TAG = re.compile(r"\[(/?)([a-zA-Z]+|\*)((?:=|\s)[^\[\]\n]{0,300})?\]")
_MAGIC = re.compile(r"<!-- ([mwel]) --><a [^>]{0,300}?href=\"([^\"]{0,2000})\"[^>]{0,300}>.{0,2000}?</a><!-- \1 -->")
_SMILEY = re.compile(r"<!-- s(\S{1,30}) --><img [^>]{0,500}><!-- s\S{1,30} -->")
_ATTACHED = re.compile(r"<!-- ia(\d{1,4}) -->(.{0,300}?)<!-- ia\1 -->")
_XML_BREAK, _XML_TAG = re.compile(r"<br ?/>\n?"), re.compile(r"<[^<>]{0,3000}>")
_QUOTE_POST = re.compile(r"post_id=(\d{1,15})")
_QUOTE_NAME = re.compile(r"^(?:\"([^\"]*)\"|'([^']*)'|(.*?))(?:\s+(?:post_id|time|user_id)=.*)?$", re.DOTALL)
RAW = frozenset({"code", "noparse"})
_RAW_END = {tag: re.compile(rf"\[/{tag}\]", re.IGNORECASE | re.ASCII) for tag in RAW}
SILENT = frozenset(
    {"color", "size", "font", "center", "left", "right", "align", "u", "highlight", "sub", "sup", "justify"}
)
KNOWN = RAW | SILENT | {"b", "i", "s", "strike", "del", "quote", "url", "img", "email", "list", "*", "li", "attachment"}
KNOWN |= {"spoiler", "hr", "youtube", "media"}
END = "\x01"
"""Where somebody ended a line: it cannot be typed, because such signs are taken out of what is read."""
LONE = frozenset({"hr"})


@dataclass(slots=True)
class Node:
    """A tag with what is in it; `value` is what stands behind its name."""

    tag: str
    value: str = ""
    children: list["Node | str"] = field(default_factory=list)


def markdown(stored: str, uid: str, lookups: Lookups) -> str:
    """A post in our Markdown."""
    return plain.squeezed(_ended(_drawn(_tree(typed(stored, uid)), lookups)))


def typed(stored: str, uid: str) -> str:
    """What somebody typed, out of any of the ways in which phpBB kept it."""
    if re.match(r"<[rt]>", stored):
        return html.unescape(_XML_TAG.sub("", _XML_BREAK.sub("\n", stored)))
    text = _MAGIC.sub(r"\2", _SMILEY.sub(r"\1", _ATTACHED.sub(r"\2", stored)))
    if uid:
        text = re.sub(rf"(?::[a-z])?:{re.escape(uid)}(?=\])", "", text)
    return html.unescape(_XML_BREAK.sub("\n", text))


def _tree(text: str) -> Node:
    top = Node("")
    path, at = [top], 0
    while found := _TAG.search(text, at):
        path[-1].children.append(text[at : found.start()])
        at = found.end()
        closes, tag, value = bool(found[1]), found[2].lower(), (found[3] or "").strip().removeprefix("=")
        if tag not in KNOWN or len(path) > DEEPEST:
            path[-1].children.append(found[0])
        elif closes:
            _close(path, tag, found[0])
        elif tag in RAW:
            at = _raw(text, at, path[-1], tag, value)
        else:
            _open(path, tag, value)
    path[-1].children.append(text[at:])
    return top


def _open(path: list[Node], tag: str, value: str) -> None:
    if tag in {"*", "li"}:
        tag = "*"
        while path[-1].tag == "*" or (path[-1].tag != "list" and any(each.tag == "list" for each in path)):
            path.pop()
    node = Node(tag, value)
    path[-1].children.append(node)
    if tag not in LONE:
        path.append(node)


def _close(path: list[Node], tag: str, typed_as: str) -> None:
    tag = "*" if tag == "li" else tag
    if tag in (each.tag for each in path[1:]):
        while path.pop().tag != tag:
            pass
    elif tag != "*":
        path[-1].children.append(typed_as)


def _raw(text: str, at: int, into: Node, tag: str, value: str) -> int:
    end = _RAW_END[tag].search(text, at)
    stop, after = end.span() if end else (len(text), len(text))
    into.children.append(Node(tag, value, [text[at:stop]]))
    return after


def _drawn(node: Node, lookups: Lookups) -> str:
    drawn = ""
    for each in node.children:
        if isinstance(each, str):
            begins_line = not drawn or drawn.endswith(("\n", END))
            drawn += plain.escaped(each, begins_line=begins_line).replace("\n", END)
        else:
            drawn += _element(each, lookups)
    return drawn


def _ended(drawn: str) -> str:
    """What is in a block, its lines ended where somebody ended them; two such ends are a paragraph's."""
    drawn = re.sub(rf"{END}(?:[ \t]*{END})+", "\n\n", drawn)
    drawn = re.sub(rf"(?:(?<![ \t])[ \t]*{END}[ \t]*(?=\n|\Z))|(?:(?<=\n)|\A){END}", "", drawn)
    return drawn.replace(END, "\\\n")


def _element(node: Node, lookups: Lookups) -> str:
    if node.tag in SILENT:
        return _drawn(node, lookups)
    return WAYS[node.tag](node, lookups)


def _around(mark: str) -> Callable[[Node, Lookups], str]:
    def draw(node: Node, lookups: Lookups) -> str:
        inner = _drawn(node, lookups)
        kept = inner.strip()
        if not kept or "\n\n" in kept or END * 2 in kept:
            return inner
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        return f"{before}{mark}{kept}{mark}{after}"

    return draw


def _words(node: Node) -> str:
    return "".join(each if isinstance(each, str) else _words(each) for each in node.children)


def _quote(node: Node, lookups: Lookups) -> str:
    named, post = _QUOTE_NAME.match(node.value.strip()), _QUOTE_POST.search(node.value)
    name = next((each for each in named.groups() if each), "") if named else ""
    heading = lookups.heading(name, key=post[1] if post else "")
    return f"\n\n{plain.quoted(_ended(_drawn(node, lookups)), *heading)}\n\n"


def _code(node: Node, _lookups: Lookups) -> str:
    words = _words(node)
    return f"\n\n{plain.fenced(words)}\n\n" if "\n" in words.strip() else plain.inline_code(words.strip())


def _url(node: Node, lookups: Lookups) -> str:
    words = _words(node).strip()
    return plain.link(_drawn(node, lookups).strip(), node.value) if node.value else plain.link(words, words)


def _email(node: Node, _lookups: Lookups) -> str:
    return plain.escaped(_words(node).strip())


def _picture(node: Node, _lookups: Lookups) -> str:
    return plain.link("", _words(node).strip())


def _list(node: Node, lookups: Lookups) -> str:
    items = [each for each in node.children if isinstance(each, Node) and each.tag == "*"]
    lines = []
    for place, item in enumerate(items, 1):
        mark = f"{place}. " if node.value.strip() else "- "
        words = plain.squeezed(_ended(_drawn(item, lookups)))
        lines.append(mark + re.sub(r"\n(?=[^\n])", "\n" + " " * len(mark), words))
    return "\n\n" + "\n".join(lines) + "\n\n"


def _attachment(node: Node, lookups: Lookups) -> str:
    name = _words(node).strip()
    return lookups.file(f"attachment:{node.value.strip()}:{name}", plain.escaped(name))


def _item(node: Node, lookups: Lookups) -> str:
    return f"\n- {_drawn(node, lookups).strip()}\n"


WAYS: dict[str, Callable[[Node, Lookups], str]] = {
    "b": _around("**"),
    "i": _around("*"),
    **dict.fromkeys(("s", "strike", "del"), _around("~~")),
    "quote": _quote,
    **dict.fromkeys(RAW, _code),
    "url": _url,
    "img": _picture,
    **dict.fromkeys(("youtube", "media"), _picture),
    "email": _email,
    "list": _list,
    "*": _item,
    "attachment": _attachment,
    "spoiler": lambda node, lookups: f"\n\n{plain.quoted(_ended(_drawn(node, lookups)))}\n\n",
    "hr": lambda _node, _lookups: "\n\n---\n\n",
}
