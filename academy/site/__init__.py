"""The site's own pages: help and promises, what works without a connection, the map for search engines."""

from flask import Flask, url_for

from academy.people.keys import key_for
from academy.site import sitemap, views
from academy.site.reader import Reader


def init_app(app: Flask) -> None:
    """Add the pages; let every page of a member carry the mark that tells members apart on a shared phone."""
    app.register_blueprint(views.bp)
    app.jinja_env.globals["reader_mark"] = Reader(key_for("reader")).mark
    pages = ("site.about", "site.help", "site.accessibility", "site.privacy")
    sitemap.add(lambda _session: [url_for(endpoint) for endpoint in pages])
