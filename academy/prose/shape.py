"""From the tree Python-Markdown makes to the tree our pages show."""

import re
from itertools import count
from xml.etree.ElementTree import Element

from markdown.extensions.toc import slugify_unicode

from academy.prose.figures import align_cells, make_figures, offer_lighter, place_pictures, wrap_tables
from academy.prose.sanitiser import ON_SITE, OUTSIDE
from academy.prose.terms import TermMarker
from academy.prose.texts import Heading, Source, Term
from academy.prose.tree import decoded, plain, undress, wrap_inside

HEADING = re.compile(r"h[1-6]")
ABROAD = re.compile(r"(?:https?://[^/\s\\]|mailto:)[^\s\\]*", re.IGNORECASE)
WORD = re.compile(r"\w+(?:[-'’\u200c]\w+)*")
MADE_HERE = frozenset({"footnote-ref", "footnote-backref"})


class Shaper:
    """Shapes one text and keeps what it finds on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.labels = source.labels
        self.glossary = dict(source.glossary)
        self.headings: list[Heading] = []
        self.terms: tuple[Term, ...] = ()
        self.words = 0
        self.links: list[str] = []
        self.images: list[str] = []

    def shape(self, root: Element) -> None:
        """Change the tree in place."""
        self.words = count_words(root)
        align_cells(root)
        self._name_headings(root)
        self.images = place_pictures(root, self.source.pictures)
        make_figures(root)
        offer_lighter(root, self.source.pictures)
        self._set_links(root)
        shape_notes(root)
        wrap_tables(root, self.labels)
        self._shape_footnotes(root)
        if self.glossary:
            marker = TermMarker(self.glossary, self.source.prefix)
            marker.mark(root)
            self.terms = tuple(marker.met.values())
        if self.source.inline:
            unwrap_single_paragraph(root)

    def _name_headings(self, root: Element) -> None:
        used: dict[str, int] = {}
        given = iter(self.source.heading_ids)
        for element in [found for found in root.iter() if HEADING.fullmatch(found.tag)]:
            element.tag = "h2" if element.tag == "h1" else element.tag
            text = plain(element)
            wanted = next(given, "") or self._heading_id(element, text)
            element.set("id", unique(wanted, used))
            self.headings.append(Heading(element.get("id", ""), int(element.tag[1]), text))
            if element.find(".//a") is None:
                wrap_inside(element, "a", class_="anchor", href=f"#{element.get('id')}")

    def _heading_id(self, element: Element, text: str) -> str:
        name = slugify_unicode(element.get("id", "") or text, "-").strip("-")
        return f"s-{self.source.prefix}{name or 'section'}"

    def _set_links(self, root: Element) -> None:
        ids = {heading.id for heading in self.headings}
        for link in list(root.iter("a")):
            if link.get("class") in MADE_HERE or link.get("class") == "anchor":
                continue
            target = decoded(link.get("href", ""))
            self.links.append(target)
            self._set_link(link, target, ids)

    def _set_link(self, link: Element, target: str, ids: set[str]) -> None:
        section = f"s-{self.source.prefix}{target[1:]}"
        if ABROAD.fullmatch(target):
            link.set("rel", OUTSIDE)
        elif target in self.source.links:
            link.set("href", self.source.links[target])
        elif target.startswith("#") and section in ids:
            link.set("href", f"#{section}")
        elif not ON_SITE.fullmatch(target):
            undress(link)

    def _shape_footnotes(self, root: Element) -> None:
        for reference in root.iter("a"):
            if reference.get("class") == "footnote-ref":
                number = self.labels.number(int(plain(reference)))
                reference.text = number
                reference.attrib.update({"role": "doc-noteref", "aria-label": self.labels.note % {"number": number}})
        for block in root.iter("div"):
            if block.get("class") == "footnote":
                block.attrib.update({"class": "footnotes", "role": "doc-endnotes", "aria-label": self.labels.footnotes})
                self._shape_notes_list(block)

    def _shape_notes_list(self, block: Element) -> None:
        for element in [child for child in block if child.tag == "hr"]:
            block.remove(element)
        for number, item in enumerate(block.findall("./ol/li"), start=1):
            places = count(1)
            for back in item.iter("a"):
                if back.get("class") == "footnote-backref":
                    self._shape_back_link(back, number, next(places))

    def _shape_back_link(self, back: Element, number: int, place: int) -> None:
        template = self.labels.back if place == 1 else self.labels.back_again
        name = template % {"number": self.labels.number(number), "place": self.labels.number(place)}
        back.attrib.update({"class": "footnote-back", "role": "doc-backlink", "aria-label": name})
        back.attrib.pop("title", None)
        back.text = "↩"
        back.tail = " " if back.tail is None else back.tail


def unique(wanted: str, used: dict[str, int]) -> str:
    """The wanted id, or the wanted id with a number that is free; remembers what it gave."""
    given, number = wanted, used.get(wanted, 0)
    while given in used:
        number += 1
        given = f"{wanted}-{number}"
    used[wanted] = number
    used.setdefault(given, 0)
    return given


def count_words(root: Element) -> int:
    """How many words a reader reads, footnotes not counted."""
    texts = (" ".join(part.itertext()) for part in root if part.get("class") != "footnote")
    return sum(len(WORD.findall(decoded(text))) for text in (root.text or "", *texts))


def shape_notes(root: Element) -> None:
    """Turn admonitions into our notes."""
    for block in root.iter("div"):
        kind, _, name = block.get("class", "").partition(" ")
        if kind == "admonition":
            block.attrib.update({"class": f"note note-{name.split()[0]}", "role": "note"})
            for title in block.findall("./p[@class='admonition-title']"):
                title.set("class", "note-title")


def unwrap_single_paragraph(root: Element) -> None:
    """Take the paragraph away from around a text that is nothing but one paragraph."""
    if len(root) == 1 and root[0].tag == "p":
        paragraph = root[0]
        root.remove(paragraph)
        root.text = paragraph.text
        root.extend(list(paragraph))
