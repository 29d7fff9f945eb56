"""How the exchange of courses joins the application."""

from flask import Flask

from academy import commands
from courses.exchange.views import bp


def init_app(app: Flask) -> None:
    """Add the pages; `flask courses` gets its import here, above drafts and publishing."""
    app.register_blueprint(bp)
    commands.add(app, courses="courses.exchange.cli:group")
