"""The languages of the interface: catalogues of its words, kept complete by `flask languages …`."""

from flask import Flask

from academy.languages.cli import group


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)
