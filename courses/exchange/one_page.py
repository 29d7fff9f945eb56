"""A whole course as one page of HTML that needs nothing else."""

import base64
import html
import re

from courses.exchange.book import LINK, MEDIA, Book, Chapter, media_of, targets


def one_page(book: Book, *, css: str, site: str) -> bytes:
    """The course as one HTML file with its styles and pictures inside."""
    chapters = list(book.chapters())
    known, media = targets(book.course), media_of(book.course)

    def picture(found: re.Match[str]) -> str:
        file = media.get(found["url"])
        if file is None:
            return 'src=""'
        coded = base64.b64encode(book.files[file.path]).decode()
        return f'{found["name"]}="data:{file.media_type};base64,{coded}"'

    def link(found: re.Match[str]) -> str:
        chapter = known.get(found["url"])
        return f'href="#{chapter}{"-" + found["section"] if found["section"] else ""}"' if chapter else found[0]

    parts = [_section(chapter, LINK.sub(link, MEDIA.sub(picture, chapter.html))) for chapter in chapters]
    contents = "".join(f'<li><a href="#{each.name}">{html.escape(each.title)}</a></li>' for each in chapters[1:])
    title = html.escape(book.title)
    return (
        f'<!doctype html>\n<html lang="{book.language}" dir="{book.direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} – {html.escape(site)}'
        f'</title><style>{css}</style></head><body class="bare"><main class="page measure flow prose">'
        f"<h1>{title}</h1><nav><ol>{contents}</ol></nav>{''.join(parts)}</main></body></html>\n"
    ).encode()


def _section(chapter: Chapter, body: str) -> str:
    heading = f"<h{chapter.level}>{html.escape(chapter.title)}</h{chapter.level}>" if chapter.level > 1 else ""
    return f'<section id="{chapter.name}">{heading}{body}</section>'
