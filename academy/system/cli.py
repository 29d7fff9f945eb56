"""`flask db …`, `flask prepare`."""

import click
from flask.cli import AppGroup, with_appcontext

from academy import db
from academy.system import preparing, schema

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
        for sentence in preparing.prepare(demo=demo):
            click.echo(sentence, err=True)
    except schema.SchemaRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
