"""How the workshop joins the application."""

from flask import Flask

from academy.notices import kinds
from courses.authoring import staffing
from courses.authoring.views import begin, editor, history, media, preview, questions, settings, staff, tree
from courses.authoring.views.blueprint import bp

PAGES = (begin, editor, history, media, preview, questions, settings, staff, tree)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the workshop's pages."""
    app.register_blueprint(bp)
    kinds.add(staffing.GIVEN)
