"""How the site is kept running: tables, health, figures, doctor, backup."""

from flask import Flask

from academy.system import cli


def init_app(app: Flask) -> None:
    """Add the commands and the addresses that machines ask."""
    app.cli.add_command(cli.db_group)
    app.cli.add_command(cli.prepare)
