"""How the exchange of courses joins the application."""

from flask import Flask

from academy import commands
from courses.exchange import question_views
from courses.exchange.views import bp

PAGES = (question_views,)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the pages; `flask courses` gets its import here, above drafts and publishing."""
    app.register_blueprint(bp)
    commands.add(app, courses="courses.exchange.cli:group")
