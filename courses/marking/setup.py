"""How marking joins the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.web import ways
from academy.web.ways import Way
from courses.catalogue.staff import marks
from courses.catalogue.ways import once_published
from courses.marking import answer_views, bank_views, review_views, service, task_views, views
from courses.marking.views import bp

PAGES = (views, answer_views, task_views, bank_views, review_views)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the pages of whoever marks; let members have erased what they kept there."""
    app.register_blueprint(bp)
    below = frozenset({"marking.comments", "marking.reviews"})
    ways.add(Way(_l("To mark"), "marking.index", 15, once_published(marks), below, asks="course"))
    data_rights.add_eraser(service.forget)
