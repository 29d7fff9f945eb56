"""`flask mail send`."""

import click
from flask.cli import AppGroup

from academy import clock, db
from academy.current import the_settings
from academy.mail import posting, queries, service
from academy.mail.faults import meaning

group = AppGroup("mail", help="Letters of the outbox.")


@group.command("send")
@click.option("--again", is_flag=True, help="Also try the letters that were given up.")
def send(again: bool) -> None:
    """Post every letter that is due now."""
    if not the_settings().smtp_url:
        raise click.ClickException("ACADEMY_SMTP_URL is not set: letters wait, and admins read them at /admin/letters.")
    now = clock.now()
    if again:
        with db.the_database().transaction() as session:
            service.try_again(session, now)
    click.echo(f"{posting.pump(now)} letters handed over.")
    with db.the_database().reading() as session:
        error = queries.latest_trouble(session, now)
    if error:
        raise click.ClickException(f"Some letters wait or were given up. {meaning(error)} ({error})")
