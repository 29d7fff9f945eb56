"""A rendered page as its paragraphs, inert, so that two can stand on one page and be compared one by one. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from courses.publishing.difference import Gap, State

VOID = frozenset({"br", "hr", "img"})
INLINE = frozenset({"a", "abbr", "b", "code", "del", "em", "i", "ins", "s", "span", "strong", "sub", "sup"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
DROPPED = frozenset({"id", "aria-labelledby", "aria-describedby"})
PICTURE = re.compile(r'src="[^"]*/media/')
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list, table or figure of a page: its HTML without anything that acts, and its words."""

    html: Markup
    text: str

    @property
    def looks(self) -> str:
        """What it shows: a picture is the same wherever it is kept."""
        return PICTURE.sub('src="', self.html)


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as it was and as it is; None where it was not or is no more."""

    state: State
    old: Block | None
    new: Block | None


def nowhere(_address: str) -> str:
    """No link leads anywhere."""
    return ""


def outside(address: str) -> str:
    """Only links to other sites lead there."""
    return address if address.startswith(("https://", "http://")) else ""


def blocks(html: str, link: Address = nowhere, headings: bool = False) -> list[Block]:
    """The parts of a page. `link` says where a link leads, '' for nowhere; `headings` keeps headings what they are."""
    splitter = _Splitter(link, headings)
    splitter.feed(html)
    splitter.close()
    return splitter.found()


def compare(old: Sequence[Block], new: Sequence[Block]) -> list[Row | Gap]:
    """The paragraphs of two pages side by side: what differs, and one that stayed on either side of it."""
    found: list[Row | Gap] = []
    matcher = SequenceMatcher(None, [each.looks for each in old], [each.looks for each in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.extend(_kept(new[c:d], first=c == 0, last=d == len(new)))
        else:
            found.extend(_replaced(old[a:b], new[c:d]))
    return found


def _kept(run: Sequence[Block], *, first: bool, last: bool) -> list[Row | Gap]:
    rows: list[Row | Gap] = [Row(State.SAME, block, block) for block in run]
    head, tail = int(not first), int(not last)
    if len(rows) <= head + tail + 1:
        return rows
    return [*rows[:head], Gap(len(rows) - head - tail), *rows[len(rows) - tail :]]


def _replaced(old: Sequence[Block], new: Sequence[Block]) -> list[Row | Gap]:
    both = min(len(old), len(new))
    return [
        *(Row(State.CHANGED, was, now) for was, now in zip(old, new, strict=False)),
        *(Row(State.GONE, was, None) for was in old[both:]),
        *(Row(State.NEW, None, now) for now in new[both:]),
    ]


class _Splitter(HTMLParser):
    """Reads sanitised HTML, well made by our own renderer, and writes it anew part by part."""

    def __init__(self, link: Address, headings: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.link = link
        self.headings = headings
        self.depth = 0
        self.parts: list[list[str]] = []
        self.words: list[list[str]] = []

    def found(self) -> list[Block]:
        """What was read."""
        made = (
            Block(Markup("".join(parts).strip()), " ".join("".join(words).split()))  # noqa: S704  sanitised before
            for parts, words in zip(self.parts, self.words, strict=True)
        )
        return [block for block in made if block.html]

    def _write(self, text: str, words: str = "") -> None:
        if self.depth == 0 or not self.parts:
            self.parts.append([])
            self.words.append([])
        self.parts[-1].append(text)
        self.words[-1].append(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._write(self._opened(tag, values), _space(tag))
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        kept = "p" if tag in HEADINGS and not self.headings else tag
        self._write(f"</{kept}>", _space(tag))
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth or data.strip():
            self._write(data, data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};", {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}.get(name, " "))

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};", " ")

    def _opened(self, tag: str, values: dict[str, str]) -> str:
        kept = {name: value for name, value in values.items() if name not in DROPPED}
        if tag == "a":
            kept.pop("role", None)
            target = self.link(kept.pop("href", ""))
            kept |= {"href": target} if target else {}
        if tag in HEADINGS and not self.headings:
            tag, kept = "p", {"class": "diff-heading"}
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        return f"<{tag}{attributes}>"


def _space(tag: str) -> str:
    return "" if tag in INLINE else " "
