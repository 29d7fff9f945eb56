"""How the question bank joins the application."""

from flask import Flask

from courses.questions import key_views
from courses.questions.views import bp

PAGES = (key_views,)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the bank's pages."""
    app.register_blueprint(bp)
