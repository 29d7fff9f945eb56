"""A feed as Atom (RFC 4287): written by the library's own tree, so that nothing in a title can break it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
_BASE, _LANGUAGE = "{http://www.w3.org/XML/1998/namespace}base", "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic in a feed; `html` are the words it began with, '' where they stay on the page."""

    url: str
    title: str
    by: str
    place: str
    language: str
    published: datetime
    updated: datetime
    html: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, the page it belongs to, and what is in it, the latest first."""

    url: str
    page: str
    site: str
    title: str
    language: str
    entries: Sequence[Entry]
    updated: datetime


def written(feed: Feed) -> str:
    """The feed as a document."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}feed", {_BASE: f"{feed.site}/", _LANGUAGE: feed.language})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated.isoformat())
    _add(root, "link", rel="self", type=TYPE, href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for each in feed.entries:
        _add_entry(root, each)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _add_entry(root: ET.Element, each: Entry) -> None:
    entry = _add(root, "entry")
    if each.language:
        entry.set(_LANGUAGE, each.language)
    _add(entry, "id", each.url)
    _add(entry, "title", each.title)
    _add(entry, "published", each.published.isoformat())
    _add(entry, "updated", each.updated.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=each.url)
    _add(entry, "category", term=each.place)
    _add(_add(entry, "author"), "name", each.by)
    if each.html:
        _add(entry, "content", each.html, type="html")


def _add(parent: ET.Element, name: str, text: str = "", **given: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{NAMESPACE}}}{name}", {key: _clean(value) for key, value in given.items()})
    made.text = _clean(text) or None
    return made


def _clean(text: str) -> str:
    """Without what no XML may hold."""
    return _NOT_XML.sub("", text)
