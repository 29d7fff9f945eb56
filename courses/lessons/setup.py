"""How lessons join the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.searching import sources
from academy.searching.sources import Source
from courses.authoring import previews
from courses.authoring.previews import View
from courses.catalogue.content import Kind
from courses.lessons import found, offline, previewing, searchable, views


def init_app(app: Flask) -> None:
    """Add the course page, the lesson pages, and what a phone fetches to keep a course; show drafts of them."""
    app.register_blueprint(views.bp)
    offline.init_app(app)
    searchable.init_app(app)
    sources.add(Source(_l("Lessons"), 20, found.lessons))
    previews.register(None, View("page", _l("Course page"), previewing.course))
    for kind in (Kind.READING, Kind.SESSION):
        previews.register(kind, View("page", _l("Lesson"), previewing.lesson))
