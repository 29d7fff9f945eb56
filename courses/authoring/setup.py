"""How the workshop joins the application."""

from flask import Flask

from courses.authoring.views.blueprint import bp


def init_app(app: Flask) -> None:
    """Add the workshop's pages."""
    app.register_blueprint(bp)
