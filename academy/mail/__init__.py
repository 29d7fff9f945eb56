"""The outbox: letters are rows written with what they tell of; the worker posts them afterwards."""

from datetime import timedelta

from flask import Flask

from academy.jobs import registry
from academy.mail import cli, posting, views

PUMP = "mail"


def init_app(app: Flask) -> None:
    """Add the pages and the command, and let the worker post letters."""
    app.register_blueprint(views.bp)
    app.cli.add_command(cli.group)
    registry.add_pump(PUMP, posting.pump)
    registry.add_interval("letters.tidy", posting.tidy_up, every=timedelta(days=1))
