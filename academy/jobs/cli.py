"""`flask worker`."""

import click
from flask import Flask

from academy.jobs.machine import the_machine


@click.command("worker")
def worker() -> None:
    """Post letters and do the work that waits, until stopped."""
    the_machine().run()


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(worker)
