"""What the application at hand was built on."""

from flask import current_app

from academy.settings import Settings


def the_settings() -> Settings:
    """The settings of the application at hand."""
    settings = current_app.extensions["academy.settings"]
    if not isinstance(settings, Settings):
        raise TypeError("The application was not made by build_app.")
    return settings
