"""How lessons join the application."""

from flask import Flask

from courses.lessons import offline, views


def init_app(app: Flask) -> None:
    """Add the course page, the lesson pages, and what a phone fetches to keep a course."""
    app.register_blueprint(views.bp)
    offline.init_app(app)
