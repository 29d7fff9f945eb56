"""`flask db …`, `flask prepare`, `flask doctor`, `flask backup`, `flask restore`."""

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from academy import clock, db
from academy.people.erasures import ListUnreadable
from academy.system import backup, doctor, dumps, preparing, schema
from academy.system.archive import ArchiveRefused

db_group = AppGroup("db", help="The tables of the database.")


@db_group.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to this version of the site."""
    try:
        schema.refuse_newer(db.the_database().engine)
        schema.upgrade(db.the_database(), revision)
    except schema.SchemaRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@db_group.command("downgrade")
@click.argument("revision", default="-1")
def downgrade(revision: str) -> None:
    """Take the tables back by one revision, or to the one named."""
    schema.downgrade(db.the_database(), revision)


@db_group.command("check")
def check() -> None:
    """Say whether the tables are what the models describe."""
    difference = schema.differences(db.the_database())
    if difference:
        raise click.ClickException(difference)
    click.echo("The tables are what the models describe.")


@db_group.command("revision")
@click.option("-m", "--message", required=True, help="What changes, in a few words.")
def revision(message: str) -> None:
    """Write the next migration from the difference between models and tables."""
    schema.new_revision(db.the_database(), message)


@click.command("prepare")
@click.option("--demo", is_flag=True, help="Load the demo people too.")
@with_appcontext
def prepare(demo: bool) -> None:
    """Compile translations, bring the tables up to date, import the bundled courses."""
    try:
        preparing.prepare(demo=demo)
    except schema.SchemaRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@click.command("doctor")
@with_appcontext
def examine() -> None:
    """Say in plain sentences what is wrong with this installation."""
    found = list(doctor.complaints(clock.now()))
    for sentence in found:
        click.echo(sentence)
    if found:
        raise click.exceptions.Exit(1)
    click.echo("Nothing is wrong.")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-secrets", is_flag=True, help="Leave out the keys; such a backup brings back the data alone.")
@with_appcontext
def back_up(file: Path, without_secrets: bool) -> None:
    """Write the database and the files of members to FILE, while the site goes on."""
    try:
        size = backup.back_up(file, now=clock.now(), with_secrets=not without_secrets)
    except (dumps.DumpFailed, ArchiveRefused, ListUnreadable, OSError) as error:
        raise click.ClickException(f"No backup was made: {error}") from error
    click.echo(f"{file} holds everything ({size // 1024} KB). Keep it encrypted: its owner can be anybody here.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace what is in the database now.")
@with_appcontext
def bring_back(file: Path, yes: bool) -> None:
    """Replace the database and the files of members by those in FILE; stop the site first."""
    if not yes and not dumps.is_empty(db.the_database().engine):
        raise click.ClickException("The database is not empty; add --yes to replace what is in it.")
    try:
        contents = backup.restore(file, now=clock.now())
    except (dumps.DumpFailed, ArchiveRefused, ListUnreadable) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The site is as it was at {contents.made_at}.")
