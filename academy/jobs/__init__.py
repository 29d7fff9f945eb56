"""Work for later: rows written with what they belong to, done by the worker, at least once."""

from flask import Flask

from academy import commands


def init_app(app: Flask) -> None:
    """Add the command that does the work which features leave."""
    commands.add(app, worker="academy.jobs.cli:worker")
