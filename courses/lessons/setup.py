"""How lessons join the application."""

from flask import Flask

from courses.lessons import views


def init_app(app: Flask) -> None:
    """Add the course page and the lesson pages."""
    app.register_blueprint(views.bp)
