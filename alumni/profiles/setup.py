"""What profiles add to the application."""

from flask import Flask

from alumni.profiles.views import members
from alumni.profiles.views.blueprint import bp

PAGES = (members,)


def init_app(app: Flask) -> None:
    """Add profiles to the application being built."""
    app.register_blueprint(bp)
