"""How lessons join the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from courses.authoring import previews
from courses.authoring.previews import View
from courses.catalogue.content import Kind
from courses.lessons import offline, previewing, views


def init_app(app: Flask) -> None:
    """Add the course page, the lesson pages, and what a phone fetches to keep a course; show drafts of them."""
    app.register_blueprint(views.bp)
    offline.init_app(app)
    previews.register(None, View("page", _l("Course page"), previewing.course))
    for kind in (Kind.READING, Kind.SESSION):
        previews.register(kind, View("page", _l("Lesson"), previewing.lesson))
