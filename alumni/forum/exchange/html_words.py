"""From the finished HTML of a post to our Markdown: for exports that hold nothing better."""

import re
from html.parser import HTMLParser

from alumni.forum.exchange import plain
from alumni.forum.exchange.wording import Lookups

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~"}
BLOCKS = frozenset({"p", "ul", "ol", "table", "tr", "section", "figure", "details", "summary"})
UNSEEN = frozenset({"script", "style", "svg", "template", "iframe"})
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
DEEPEST = 30


class _Reader(HTMLParser):
    """Keeps what is open as a pile of lists of pieces; each is closed into the one below it."""

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(convert_charrefs=True)
        self.lookups = lookups
        self.pile: list[tuple[str, dict[str, str], list[str]]] = [("", {}, [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"br", "hr"}:
            self._put("\\\n" if tag == "br" else "\n\n---\n\n")
        elif tag == "img":
            self._put(self._picture(said))
        elif len(self.pile) < DEEPEST and tag not in {"input", "meta", "link", "wbr", "source"}:
            self.pile.append((tag, said, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in (each[0] for each in self.pile[1:]):
            while self._shut() != tag:
                pass

    def handle_data(self, data: str) -> None:
        open_tags = {each[0] for each in self.pile}
        if open_tags & UNSEEN:
            return
        if open_tags & {"pre", "code"}:
            self._put(data)
        else:
            begins = not self.pile[-1][2] or self.pile[-1][2][-1].endswith("\n")
            self._put(plain.escaped(" ".join(f"x{data}x".split())[1:-1], begins_line=begins))

    def words(self) -> str:
        """All of it."""
        while len(self.pile) > 1:
            self._shut()
        return plain.squeezed(re.sub(r"(?<![ \t])[ \t]+\n", "\n", "".join(self.pile[0][2])))

    def _put(self, words: str) -> None:
        self.pile[-1][2].append(words)

    def _shut(self) -> str:
        tag, said, pieces = self.pile.pop()
        self._put(self._closed(tag, said, "".join(pieces)))
        return tag

    def _closed(self, tag: str, said: dict[str, str], words: str) -> str:
        if tag in MARKS:
            return f"{MARKS[tag]}{words.strip()}{MARKS[tag]}" if words.strip() else words
        if tag in HEADINGS:
            return f"\n\n{HEADINGS[tag]}{words.strip()}\n\n"
        ways = {"pre": self._code, "code": self._code, "a": self._link, "li": self._item, "div": self._part}
        ways |= dict.fromkeys(("blockquote", "aside"), self._quotation)
        if tag in ways:
            return ways[tag](tag, said, words)
        return f"\n\n{words}\n\n" if tag in BLOCKS else words

    def _item(self, _tag: str, _said: dict[str, str], words: str) -> str:
        mark = "1." if self.pile[-1][0] == "ol" else "-"
        return f"\n{mark} " + plain.squeezed(words).replace("\n", "\n   ")

    def _part(self, _tag: str, said: dict[str, str], words: str) -> str:
        """A part of a page; above a quotation Discourse writes whose it is, which our own heading says."""
        return "" if said.get("class") == "title" and self._within("aside") else f"\n\n{words}\n\n"

    def _within(self, tag: str) -> bool:
        return any(each[0] == tag for each in self.pile)

    def _code(self, tag: str, _said: dict[str, str], words: str) -> str:
        if tag == "pre":
            return f"\n\n{plain.fenced(words)}\n\n"
        return words if self._within("pre") else plain.inline_code(words)

    def _link(self, _tag: str, said: dict[str, str], words: str) -> str:
        words = words.strip()
        if "mention" in said.get("class", ""):
            return self.lookups.mention(words.lstrip("\\@"))
        if "lightbox" in said.get("class", ""):
            return words
        return plain.link(words, said.get("href", ""))

    def _quotation(self, tag: str, said: dict[str, str], words: str) -> str:
        if tag == "aside" and "quote" in said.get("class", ""):
            number = said.get("data-post", "")
            known = int(number) if re.fullmatch("[0-9]{1,9}", number) else 0
            where = {"talk": said.get("data-topic", ""), "number": known}
            heading = self.lookups.heading(said.get("data-username", ""), **where)  # type: ignore[arg-type]
            return f"\n\n{plain.quoted(plain.squeezed(words), *heading)}\n\n"
        if self._within("aside"):
            return words
        return f"\n\n{plain.quoted(plain.squeezed(words))}\n\n"

    def _picture(self, said: dict[str, str]) -> str:
        if "emoji" in said.get("class", ""):
            return plain.escaped(said.get("title", "").strip(":").replace("_", " "), begins_line=False)
        name = plain.escaped(said.get("alt", "").strip())
        found = next((part for part in said.get("src", "").replace(".", "/").split("/") if len(part) >= 40), "")  # noqa: PLR2004
        digest = found.split("_")[0]
        if digest and self.lookups.has_file(digest):
            return self.lookups.file(digest, name or digest[:8])
        return plain.link(name, said.get("src", ""))


def markdown(html: str, lookups: Lookups) -> str:
    """A post in our Markdown."""
    reader = _Reader(lookups)
    reader.feed(html)
    reader.close()
    return reader.words()
