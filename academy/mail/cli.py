"""`flask mail send`."""

import click
from flask.cli import AppGroup

from academy import clock
from academy.current import the_settings
from academy.mail import posting

group = AppGroup("mail", help="Letters of the outbox.")


@group.command("send")
def send() -> None:
    """Post every letter that is due now."""
    if not the_settings().smtp_url:
        raise click.ClickException("ACADEMY_SMTP_URL is not set: letters wait, and admins read them at /admin/letters.")
    click.echo(f"{posting.pump(clock.now())} letters handed over.")
