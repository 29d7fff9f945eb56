"""Who did what, when: append-only, never content, passwords or tokens."""

from flask import Flask

from academy.audit import retention
from academy.audit.views import bp
from academy.i18n import lazy_gettext as _l
from academy.web import desk


def init_app(app: Flask) -> None:
    """Add the page of the log and its card on the desk."""
    app.register_blueprint(bp)
    desk.add(desk.Card(_l("Audit log"), _l("Who did what, and when."), "audit.entries", 90))
    retention.init_app()
