"""How the exchange of courses joins the application."""

from flask import Flask

from academy import commands
from academy.i18n import lazy_gettext as _l
from academy.web import ways
from academy.web.ways import Way
from courses.catalogue.staff import is_staff_of
from courses.exchange import question_views
from courses.exchange.views import bp

PAGES = (question_views,)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the pages; `flask courses` gets its import here, above drafts and publishing."""
    app.register_blueprint(bp)
    ways.add(Way(_l("Files"), "exchange.index", 70, is_staff_of))
    commands.add(app, courses="courses.exchange.cli:group")
