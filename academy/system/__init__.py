"""How the site is kept running: tables, health, figures, doctor, backup."""

from flask import Flask

from academy import commands
from academy.system import metrics, views


def init_app(app: Flask) -> None:
    """Add the commands and the addresses that machines ask."""
    metrics.init_app(app)
    app.register_blueprint(views.bp)
    commands.add(
        app,
        db="academy.system.cli:db_group",
        prepare="academy.system.cli:prepare",
        doctor="academy.system.cli:examine",
        backup="academy.system.cli:back_up",
        restore="academy.system.cli:bring_back",
    )
