"""Glossary terms: the first time a text uses one, it is marked and linked to its meaning."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from academy.prose.texts import Term

CLOSED = frozenset({"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})


def _pattern(glossary: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, glossary), key=len, reverse=True)
    spellings = (r"\s+".join(map(re.escape, term.split())) for term in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spellings)})(?!\w)")


class TermMarker:
    """Marks terms in a tree and remembers which it met, in the order of the text."""

    def __init__(self, glossary: Mapping[str, str], prefix: str) -> None:
        self.glossary = glossary
        self.prefix = prefix
        self.met: dict[str, Term] = {}
        self.pattern = _pattern(glossary)

    def mark(self, element: Element) -> None:
        """Mark every first occurrence below this element, but not in headings, links and code."""
        element.text, inside = self._cut(element.text)
        for child in list(element):
            if child.tag not in CLOSED:
                self.mark(child)
            child.tail, after = self._cut(child.tail)
            inside += [child, *after]
        element[:] = inside

    def _cut(self, text: str | None) -> tuple[str | None, list[Element]]:
        links: list[Element] = []
        start = 0
        lead = text
        for match in self.pattern.finditer(text or ""):
            term = " ".join(match.group().split())
            if text is not None and self.glossary[term] not in self.met:
                before = text[start : match.start()]
                lead = _append(lead, links, before)
                links.append(self._link(term, match.group()))
                start = match.end()
        if links and text is not None:
            links[-1].tail = text[start:]
        return lead, links

    def _link(self, term: str, spelling: str) -> Element:
        definition = self.glossary[term]
        met = Term(f"term-{self.prefix}{len(self.met) + 1}", term, definition)
        self.met[definition] = met  # other spellings and cases of the same meaning are met with it
        link = Element("a", {"class": "term-link", "href": f"#{met.id}"})
        abbreviation = SubElement(link, "abbr", {"class": "term", "title": definition})
        abbreviation.text = spelling
        return link


def _append(lead: str | None, links: list[Element], before: str) -> str | None:
    if not links:
        return before
    links[-1].tail = before
    return lead
