"""How the site is kept running: tables, health, figures, doctor, backup."""

from flask import Flask

from academy.system import cli, metrics, views


def init_app(app: Flask) -> None:
    """Add the commands and the addresses that machines ask."""
    metrics.init_app(app)
    app.register_blueprint(views.bp)
    for command in cli.COMMANDS:
        app.cli.add_command(command)
