"""Work for later: rows written with what they belong to, done by the worker, at least once."""

from flask import Flask

from academy import commands
from academy.current import the_settings
from academy.jobs import machine


def init_app(app: Flask) -> None:
    """Let features leave work, and add the command that does it."""
    app.extensions[machine.KEY] = machine.Machine(app, the_settings())
    commands.add(app, worker="academy.jobs.cli:worker")
