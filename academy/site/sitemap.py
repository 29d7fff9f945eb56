"""The map for search engines: each feature says which of its pages are for everybody."""

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from flask import current_app
from sqlalchemy.orm import Session

Source = Callable[[Session], Iterable[str]]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
FOOT = "</urlset>\n"


def add(source: Source) -> None:
    """Let the map of the application being built hold the paths that `source(session)` gives."""
    sources: list[Source] = current_app.extensions.setdefault("academy.sitemap", [])
    sources.append(source)


def paths(session: Session) -> list[str]:
    """The paths of every source in order, each once."""
    sources: list[Source] = current_app.extensions.get("academy.sitemap", [])
    return list(dict.fromkeys(path for source in sources for path in source(session)))


def as_xml(site_url: str, found: Iterable[str]) -> str:
    """The map as search engines read it (sitemaps.org, version 0.9)."""
    lines = (f"<url><loc>{escape(site_url + path)}</loc></url>\n" for path in found)
    return "".join((HEAD, *lines, FOOT))
