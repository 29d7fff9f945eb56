"""The languages of the interface: catalogues of its words, kept complete by `flask languages …`."""

from flask import Flask

from academy import commands


def init_app(app: Flask) -> None:
    """Add the commands."""
    commands.add(app, languages="academy.languages.cli:group")
