"""The outbox: letters are rows written with what they tell of; the worker posts them afterwards."""

from datetime import timedelta

from flask import Flask

from academy import commands
from academy.current import the_settings
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.later import later
from academy.mail import views
from academy.web import desk

PUMP, FETCH = "mail", "mail.fetch"


def init_app(app: Flask) -> None:
    """Add the pages and the command, and let the worker post letters."""
    app.register_blueprint(views.bp)
    commands.add(app, mail="academy.mail.cli:group")
    registry.add_pump(PUMP, later("academy.mail.posting:pump"))
    if the_settings().imap_url:
        registry.add_pump(FETCH, later("academy.mail.fetching:pump"))
    registry.add_interval("letters.tidy", later("academy.mail.posting:tidy_up"), every=timedelta(days=1))
    desk.add(desk.Card(_l("Letters"), _l("See which letters left, wait or failed."), "mail.index", 80))
