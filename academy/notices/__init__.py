"""What a member is told, by which channel, how often."""

from datetime import timedelta

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.notices import letters, queries, service, views
from academy.people import data_rights
from academy.web import choices
from academy.web.navigation import Entry


def init_app(app: Flask) -> None:
    """Add the pages, and let the worker write the letters."""
    app.register_blueprint(views.bp)
    choices.add(Entry(_l("What you are told, and how"), "notices.choices", 10, lambda actor: actor is not None))
    registry.add_pump(service.PUMP, letters.pump)
    registry.add_interval("notices.daily", letters.daily, every=timedelta(days=1))
    registry.add_interval("notices.tidy", letters.tidy_up, every=timedelta(days=1))
    data_rights.add_provider("notices", queries.known_of)
    data_rights.add_eraser(service.forget)
