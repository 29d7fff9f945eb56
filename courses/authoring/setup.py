"""How the workshop joins the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.web import ways
from academy.web.ways import Way
from courses.authoring import staffing
from courses.authoring.views import begin, editor, history, media, preview, questions, settings, staff, tree
from courses.authoring.views.blueprint import bp
from courses.catalogue.staff import owns, teaches

PAGES = (begin, editor, history, media, preview, questions, settings, staff, tree)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the workshop's pages."""
    app.register_blueprint(bp)
    kinds.add(staffing.GIVEN)
    below = {name for name in app.view_functions if name.startswith("authoring.")} - {"authoring.people"}
    ways.add(Way(_l("Draft"), "authoring.show", 20, teaches, frozenset({*below, "publishing.publish"})))
    ways.add(Way(_l("People"), "authoring.people", 80, owns))
