"""`flask mail send`, `flask mail receive`."""

import sys

import click
from flask.cli import AppGroup

from academy import clock, db
from academy.current import the_settings
from academy.mail import posting, queries, receiving, service
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


@group.command("receive")
@click.option("--to", default="", help="The address it was sent to, as the mail server knows it.")
def receive(to: str) -> None:
    """Take in one letter from standard input: for a pipe of the mail server."""
    if not the_settings().reply_address:
        raise click.ClickException("ACADEMY_REPLY_ADDRESS is not set: answers by e-mail are not taken.")
    letter = sys.stdin.buffer.read(receiving.LARGEST + 1)
    click.echo(receiving.receive(letter, to, clock.now()))
