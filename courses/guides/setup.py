"""How guides join the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.web import ways
from academy.web.ways import Way
from courses.authoring import previews
from courses.authoring.previews import View
from courses.catalogue.content import GUIDE
from courses.catalogue.staff import is_staff_of
from courses.catalogue.ways import once_published
from courses.guides import pages, views


def init_app(app: Flask) -> None:
    """Add the page of a guide, and show drafts of it."""
    app.register_blueprint(views.bp)
    previews.register(GUIDE, View("page", _l("Guide"), pages.previewed))
    ways.add(Way(_l("Guide"), "guides.show", 35, once_published(is_staff_of)))
