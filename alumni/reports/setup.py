"""What reports add to the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.web import desk
from alumni.reports import views


def init_app(app: Flask) -> None:
    """Add reports to the application being built."""
    app.register_blueprint(views.bp)
    words = _l("How many alumni there are, by cohort, country and more; nobody can be found in it.")
    desk.add(desk.Card(_l("Figures of the network"), words, "reports.figures", 44))
