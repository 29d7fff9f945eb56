"""`flask demo load` and `flask bench seed`."""

import click
from flask.cli import AppGroup

from academy import clock, db
from academy.current import the_settings
from academy.errors import DomainError
from academy.people import passwords
from courses.catalogue import library
from courses.demo import accounts_file, bench, queries, service
from courses.demo.cast import ACCOUNTS, GRADUATES, HOST, LEARNERS
from courses.demo.service import LoadedAlready
from courses.demo.world import MAIN, World

demo = AppGroup("demo", help="Demo people, for a first look.")
benchmark = AppGroup("bench", help="Many rows, for measurements.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, and say nothing, on a site where people are already.")
def load(if_empty: bool) -> None:
    """Let demo people with a story live on this site; a second time changes nothing."""
    try:
        with db.the_database().reading() as session:
            service.refuse_if_inhabited(session)
        known = accounts_file.new_passwords()
        hashes = {key: passwords.hashed(password) for key, password in known.items()}  # slow: before the write lock
        with db.command_transaction() as session:
            world = service.load(session, hashes=hashes, now=clock.now())
            accounts_file.write(the_settings().instance, known)
            said = list(_introduction(world))
    except DomainError as refusal:
        _explain(refusal, quietly=if_empty)
        return
    click.echo("\n".join(said))


def _explain(refusal: DomainError, *, quietly: bool) -> None:
    if isinstance(refusal, LoadedAlready | service.PeopleAreHere) and quietly:
        return
    if not isinstance(refusal, LoadedAlready):
        raise click.ClickException(str(refusal)) from refusal
    click.echo(str(refusal))


def _introduction(world: World) -> list[str]:
    this, before = (max(world.cohorts), min(world.cohorts))
    standing = queries.valid_certificates(world.session)
    return [
        f"{world.cohorts[this].name} has {len(LEARNERS)} people; {world.cohorts[before].name} had {len(GRADUATES)}.",
        f"{standing} certificates stand, and one was withdrawn. Nobody here exists outside this site.",
        *(f"{world.members[each.key].display_name} ({each.key}@{HOST}) {each.what}." for each in ACCOUNTS),
        f"Their passwords are in {the_settings().instance / accounts_file.NAME}.",
    ]


@benchmark.command("seed")
@click.option("--learners", type=click.IntRange(min=0), default=0, help="How many learners with progress to add.")
@click.option("--topics", type=click.IntRange(min=0), default=0, help="Refused: there is no forum yet.")
@click.option("--posts", type=click.IntRange(min=0), default=0, help="Refused: there is no forum yet.")
def seed(learners: int, topics: int, posts: int) -> None:
    """Add many learners to the first course."""
    if topics or posts:
        raise click.ClickException("There is no forum yet, so there are no topics and posts to add.")
    with db.the_database().reading() as session:
        live = library.live_course(session, MAIN)
        portions = list(bench.portions(session, learners))
    if live is None:
        raise click.ClickException("Import the bundled courses first: flask courses import --bundled.")
    with click.progressbar(portions, label="Adding learners") as bar:
        for numbers in bar:
            with db.the_database().transaction() as session:
                bench.add(session, live=live, numbers=numbers, now=clock.now())
    click.echo(f"{learners} learners were added to {live.slug}.")
