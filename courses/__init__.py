"""What is taught, who takes it, and how far they are."""

from flask import Flask

from courses.catalogue import cli as catalogue_cli
from courses.catalogue import views as catalogue
from courses.home import views as home
from courses.lessons import views as lessons


def init_app(app: Flask) -> None:
    """Add every feature of this package to the application."""
    catalogue_cli.init_app()
    for feature in (catalogue, lessons, home):
        app.register_blueprint(feature.bp)
