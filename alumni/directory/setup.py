"""What the directory adds to the application."""

from flask import Flask

from academy import demonstration
from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.web import navigation
from academy.web.navigation import Entry
from alumni import places
from alumni.directory import crowd, service, views, watching


def init_app(app: Flask) -> None:
    """Add the directory to the application being built."""
    app.register_blueprint(views.bp)
    navigation.add(Entry(_l("Network"), "directory.index", 35, places.for_members))
    watching.start()
    demonstration.add_crowd(crowd.join)
    data_rights.add_eraser(service.forget)
    places.add(Entry(_l("People"), "directory.index", 10, places.for_members))
