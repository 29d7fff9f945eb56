"""A whole course as an e-book (EPUB 3)."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from xml.sax.saxutils import escape, quoteattr

from courses.catalogue.content import Media
from courses.exchange.book import LINK, MEDIA, Book, Chapter, media_of, targets

VOID = frozenset({"br", "hr", "img", "source"})
CSS = (
    "body{font-family:serif;line-height:1.5}img{max-width:100%}table{border-collapse:collapse}"
    "td,th{border:1px solid;padding:.2em .5em}.note{border-inline-start:.3em solid;padding-inline-start:1em}"
)
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a book says of itself: a name that is its own, who publishes it, when it was made."""

    name: str
    site: str
    made_at: datetime


def epub(book: Book, imprint: Imprint) -> bytes:
    """The course as an EPUB 3."""
    chapters = list(book.chapters())
    words = "".join(chapter.html for chapter in chapters)
    used = {url: media for url, media in media_of(book.course).items() if media.width and url in words}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book/book.css", CSS)
        archive.writestr("book/nav.xhtml", _nav(book, chapters))
        for chapter in chapters:
            archive.writestr(f"book/{chapter.name}.xhtml", _xhtml(book, chapter, used))
        for media in used.values():
            archive.writestr(f"book/{media.path}", book.files[media.path])
        archive.writestr("book/book.opf", _package(book, chapters, list(used.values()), imprint))
    return written.getvalue()


def _document(book: Book, title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops" lang="{book.language}" xml:lang="{book.language}"'
        f' dir="{book.direction}"><head><title>{escape(title)}</title><link rel="stylesheet" href="book.css"/>'
        f"</head><body>{body}</body></html>"
    )


def _xhtml(book: Book, chapter: Chapter, media: Mapping[str, Media]) -> str:
    known = targets(book.course)

    def picture(found: re.Match[str]) -> str:
        file = media.get(found["url"])
        return f'{found["name"]}="{file.path}"' if file else 'src=""'

    def link(found: re.Match[str]) -> str:
        there = known.get(found["url"])
        section = f"#{there}-{found['section']}" if found["section"] else ""
        return f'href="{there}.xhtml{section}"' if there else 'href="nav.xhtml"'

    body = LINK.sub(link, MEDIA.sub(picture, chapter.html))
    return _document(book, chapter.title, f"<h1>{escape(chapter.title)}</h1>{xml_of(body)}")


def _nav(book: Book, chapters: list[Chapter]) -> str:
    items = "".join(f'<li><a href="{each.name}.xhtml">{escape(each.title)}</a></li>' for each in chapters)
    return _document(book, book.title, f'<nav epub:type="toc"><h1>{escape(book.title)}</h1><ol>{items}</ol></nav>')


def _package(book: Book, chapters: list[Chapter], media: list[Media], imprint: Imprint) -> str:
    items = "".join(
        f'<item id="{each.name}" href="{each.name}.xhtml" media-type="application/xhtml+xml"/>' for each in chapters
    )
    pictures = "".join(
        f'<item id="m{place}" href={quoteattr(each.path)} media-type="{each.media_type}"/>'
        for place, each in enumerate(media)
    )
    spine = "".join(f'<itemref idref="{each.name}"/>' for each in chapters)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        f' unique-identifier="name" xml:lang="{book.language}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="name">{escape(imprint.name)}</dc:identifier><dc:title>{escape(book.title)}</dc:title>'
        f"<dc:language>{book.language}</dc:language><dc:publisher>{escape(imprint.site)}</dc:publisher>"
        f'<meta property="dcterms:modified">{imprint.made_at:%Y-%m-%dT%H:%M:%SZ}</meta></metadata><manifest>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'<item id="css" href="book.css" media-type="text/css"/>{items}{pictures}</manifest>'
        f'<spine page-progression-direction="{book.direction}">{spine}</spine></package>'
    )


def xml_of(source: str) -> str:
    """Our own sanitised HTML as XML: the same elements, all of them closed."""
    writer = _Writer()
    writer.feed(source)
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    """Writes what it reads as XML; what only screens need is left out."""

    LEFT_OUT = frozenset({"loading", "decoding", "tabindex", "role"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; those that are always empty are closed at once."""
        kept = "".join(f" {name}={quoteattr(value or '')}" for name, value in attrs if name not in self.LEFT_OUT)
        self.parts.append(f"<{tag}{kept}{'/' if tag in VOID else ''}>")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag not in VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write words."""
        self.parts.append(escape(data))
