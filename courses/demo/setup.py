"""How the demo joins the application."""

from flask import Flask

from courses.demo import cli


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(cli.demo)
    app.cli.add_command(cli.benchmark)
