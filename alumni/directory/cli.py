"""`flask directory renew`."""

import click
from flask.cli import AppGroup

from alumni.directory import renewing

group = AppGroup("directory", help="Look after what people are found by.")


@group.command("renew")
def renew() -> None:
    """Make the index of people anew from their profiles; the worker does it by itself after an update that needs it."""
    done = 0
    for done in renewing.renewed():
        click.echo(f"\r{done:,}", nl=False, err=True)
    click.echo(err=True)
    click.echo(f"{done:,} people can be found by what their profiles say now.")
