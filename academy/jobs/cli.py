"""`flask worker`."""

import logging.config

import click
from flask.cli import with_appcontext

from academy import logs
from academy.jobs.machine import the_machine
from academy.leash import end_with_parent


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Post letters and do the work that waits, until stopped."""
    end_with_parent()
    logging.config.dictConfig(logs.CONFIGURATION)
    the_machine().run()
