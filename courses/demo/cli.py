"""`flask demo load` and `flask bench seed`."""

import click
from flask.cli import AppGroup

from academy import clock, db, demonstration
from academy.current import the_settings
from academy.demonstration import Many
from academy.errors import DomainError
from academy.people import passwords
from courses.catalogue import library
from courses.demo import accounts_file, bench, queries, service
from courses.demo.cast import ACCOUNTS, GRADUATES, HOST, LEARNERS
from courses.demo.service import LoadedAlready
from courses.demo.world import MAIN, World

POSTS_OF_A_TOPIC, FEWEST_MEMBERS = 10, 20

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
@click.option("--topics", type=click.IntRange(min=0), default=0, help="How many topics of the forum to add.")
@click.option(
    "--posts", type=click.IntRange(min=0), default=0, help="How many posts they have in all; usually ten each."
)
@click.option(
    "--members", type=click.IntRange(min=1), help="How many new people write them; usually one for two topics."
)
def seed(learners: int, topics: int, posts: int, members: int | None) -> None:
    """Add many rows for measurements: learners to the first course, conversations to the forum."""
    posts = posts or topics * POSTS_OF_A_TOPIC
    if posts < topics or (posts and not topics):
        raise click.ClickException(
            "Every topic has a post, and every post a topic: give --topics, and --posts as many."
        )
    if learners or not topics:
        _add_learners(learners)
    if topics:
        _add_conversations(topics, posts, members or max(topics // 2, FEWEST_MEMBERS))


def _add_learners(learners: int) -> None:
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


def _add_conversations(topics: int, posts: int, members: int) -> None:
    with db.the_database().reading() as session:
        portions = list(bench.portions(session, members))
    member_ids: list[int] = []
    with click.progressbar(portions, label="Members") as bar:
        for numbers in bar:
            with db.the_database().transaction() as session:
                member_ids += bench.add_people(session, numbers=numbers, now=clock.now())
    for part in demonstration.talk(Many(topics, posts, member_ids, clock.now())):
        with click.progressbar(length=part.length, label=part.name) as steps:
            for done in part.steps:
                steps.update(done)
    click.echo(f"{topics} topics with {posts} posts by {members} new members were added to the forum.")
