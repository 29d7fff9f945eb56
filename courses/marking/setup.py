"""How marking joins the application."""

from flask import Flask

from academy.people import data_rights
from courses.marking import answer_views, bank_views, review_views, service, task_views, views
from courses.marking.views import bp

PAGES = (views, answer_views, task_views, bank_views, review_views)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the pages of whoever marks; let members have erased what they kept there."""
    app.register_blueprint(bp)
    data_rights.add_eraser(service.forget)
