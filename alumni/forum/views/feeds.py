"""Feeds of the places that everybody reads."""

from typing import Any

from flask import Blueprint, Response, make_response, url_for

from academy import clock, db
from academy.current import the_settings
from academy.errors import NotFound
from academy.i18n import current_code
from academy.i18n import gettext as _
from academy.later import later
from academy.people.guards import public
from alumni.forum.letters import feeds
from alumni.forum.letters.entries import TYPE, Entry, Feed
from alumni.forum.places.asking import NOBODY
from alumni.forum.topics import authors
from alumni.forum.views import visitors
from alumni.forum.views.blueprint import bp

written = later("alumni.forum.letters.atom:written")
everywhere = Blueprint("forum_feed", __name__)


@everywhere.get("/feed.atom")
@public
def latest() -> Response:
    """The latest topics of all places that everybody reads."""
    title = _("Forum of %(site)s", site=the_settings().name)
    return _answer(title, "/feed.atom", url_for("forum.index"), feeds.latest(db.session))


@bp.get("/<slug>/feed.atom")
@public
def feed(slug: str) -> Response:
    """The latest topics of one place."""
    place = feeds.place_of(db.session, slug)
    if place is None:
        raise NotFound
    here = url_for("forum.category", slug=slug)
    return _answer(
        f"{place.name} · {the_settings().name}", f"{here}feed.atom", here, feeds.latest_in(db.session, place.id)
    )


def _answer(title: str, path: str, page: str, found: list[Any]) -> Response:
    """The feed, kept whole until a topic in it changes; search engines leave it if one of its authors wants that."""
    response = make_response(visitors.page_of((title, *map(tuple, found)), lambda: _written(title, path, page, found)))
    response.mimetype = TYPE
    if not all(row.searchable for row in found):
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _written(title: str, path: str, page: str, found: list[Any]) -> str:
    site = the_settings().public_url
    newest = max((row.last_posted_at for row in found), default=clock.now())
    entries = [_entry(site, row) for row in found]
    return str(written(Feed(f"{site}{path}", f"{site}{page}", site, title, current_code(), entries, newest)))


def _entry(site: str, row: Any) -> Entry:  # noqa: ANN401  a row
    """A topic as visitors see it; the words of those who keep theirs from search engines stay on the page."""
    return Entry(
        url=f"{site}{url_for('forum.topic', number=row.id)}",
        title=row.title,
        by=authors.byline(NOBODY, row).called,
        place=row.place,
        language=row.language,
        published=row.begun_at,
        updated=row.last_posted_at,
        html=row.html if row.searchable and row.html and not row.warning and not row.hides else "",
    )
