"""How the question bank joins the application."""

from flask import Flask

from courses.questions.views import bp


def init_app(app: Flask) -> None:
    """Add the bank's pages."""
    app.register_blueprint(bp)
