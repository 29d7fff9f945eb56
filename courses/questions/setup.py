"""How the question bank joins the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.web import ways
from academy.web.ways import Way
from courses.catalogue.staff import teaches
from courses.catalogue.ways import once_published
from courses.questions import key_views
from courses.questions.views import bp

PAGES = (key_views,)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the bank's pages."""
    app.register_blueprint(bp)
    ways.add(Way(_l("Questions"), "questions.index", 30, once_published(teaches), frozenset({"questions.show"})))
