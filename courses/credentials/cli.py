"""`flask certificates keys …`: the keys that sign certificates."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from academy import clock, db
from academy.errors import DomainError
from courses.credentials import keyring, queries
from courses.credentials.models import KeyState, SigningKey
from courses.credentials.signer import SignerFailed

keys = AppGroup("keys", help="The keys that sign certificates.")
SAYS = {
    KeyState.CURRENT: "signs",
    KeyState.ROTATED: "signs no more, what it signed is good",
    KeyState.RETIRED: "retired, what it signed is not accepted",
    KeyState.REVOKED: "revoked, not published",
}


@keys.command("list")
def list_keys() -> None:
    """Show every key there was: its name, its state, since when, and its public half."""
    with db.the_database().reading() as session:
        for key in queries.keys(session):
            since = key.ended_at or key.made_at
            click.echo(f"{key.name}  {SAYS[KeyState(key.state)]}  since {since:%Y-%m-%d}  {key.public}{_lost(key)}")


def _lost(key: SigningKey) -> str:
    missing = key.state == KeyState.CURRENT and not keyring.path_of(key.name).is_file()
    return "  (its private half is missing)" if missing else ""


@keys.command("create")
def create() -> None:
    """Make the first key and print its name."""
    with _act():
        click.echo(keyring.create(db.session, now=clock.now()).name)


@keys.command("rotate")
def rotate() -> None:
    """Let a new key sign from now on, and print its name; what the former signed stays good."""
    with _act():
        click.echo(keyring.rotate(db.session, now=clock.now()).name)


@keys.command("retire")
@click.argument("name")
def retire(name: str) -> None:
    """Sign anew what an old key signed, and let its signatures be accepted no more."""
    with _act():
        lost = keyring.retire(db.session, name=name, now=clock.now())
        click.echo(f"{lost.credentials} certificates will be signed anew by the worker.")


@keys.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Give up a key that somebody else may have, and replace everything that it signed."""
    with _act():
        lost = keyring.revoke(db.session, name=name, now=clock.now())
        click.echo(f"{lost.credentials} certificates get new credentials from the worker; the former are withdrawn.")


@contextmanager
def _act() -> Iterator[None]:
    try:
        with db.command_transaction():
            yield
    except (DomainError, SignerFailed) as error:
        raise click.ClickException(str(error)) from error
