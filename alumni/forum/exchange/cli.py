"""`flask forum import` and `flask forum export`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from academy import clock, db
from academy.current import the_settings
from academy.i18n import OWN_NAMES
from alumni.forum.exchange import checking, discourse, exporting, open_json, people, phpbb, places, service
from alumni.forum.exchange.checking import Counted
from alumni.forum.exchange.export_queries import Extent
from alumni.forum.exchange.faults import CannotBeRead, Faults
from alumni.forum.exchange.folder import BESIDE, folder_at
from alumni.forum.exchange.people import Named, People
from alumni.forum.exchange.places import Way
from alumni.forum.exchange.reading import Desk
from alumni.forum.exchange.rules import SOURCE, Wish
from alumni.forum.exchange.staging import scratch
from alumni.forum.places import circles

group = AppGroup("forum", help="Bring conversations in from elsewhere, write all of them out.")
READERS: dict[str, Callable[[Desk], None]] = {
    "discourse": discourse.take,
    "phpbb": phpbb.take,
    "json": open_json.take,
}
OFTEN: dict[str, Any] = {"show_pos": True, "show_percent": False, "update_min_steps": 500}
"""How a bar is drawn of which nobody knows the end."""
EXISTING = click.Path(exists=True, path_type=Path)


@group.command("import")
@click.argument("path", type=EXISTING)
@click.option("--from", "kind", type=click.Choice(list(READERS)), required=True, help="What wrote it.")
@click.option("--people", "table", type=EXISTING, help="A CSV: an old name, and an e-mail address or handle here.")
@click.option("--into", multiple=True, metavar="[OLD=]PLACE", help="A place here, by its address, for an old one.")
@click.option("--readers", type=click.Choice(circles.WITHOUT_OWNER), default=circles.STAFF, show_default=True,
              help="Who may read the places that are made.")  # fmt: skip
@click.option("--language", default="", help="The language of the posts, such as “en”, where nothing says it.")
@click.option("--source", default="", help="A short name of the old forum, when there are several of a kind.")
@click.option("--old-names", is_flag=True, help="Let posts of people who are not here begin with the name they had.")
@click.option("--same-circles", is_flag=True, help="Cohorts and groups have the numbers here that they had there.")
@click.option("--write/--dry-run", "writes", default=False, help="Bring it in; without it, only say what would be.")
def import_(
    path: Path, kind: str, table: Path | None, into: tuple[str, ...], *, writes: bool, **choices: object
) -> None:
    """Bring in the conversations of another forum: a file, a folder or a zip. A second time changes nothing."""
    faults = Faults()
    try:
        with folder_at(path) as folder, scratch() as stage:
            desk = Desk(folder, stage, faults, clock.now())
            with click.progressbar(iter(()), label="Reading", **OFTEN) as bar:
                desk.tick = lambda: bar.update(1)
                READERS[kind](desk)
            wish = _wish(kind, desk.site, into, choices)
            _bring(desk, wish, people.table_of(table, faults), writes=writes)
    except CannotBeRead as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        for each in faults.found:
            click.echo(str(each), err=True)
    if faults.left_out:
        raise SystemExit(1)


def _wish(kind: str, site: str, into: tuple[str, ...], choices: dict[str, object]) -> Wish:
    if choices["language"] not in {"", *OWN_NAMES}:
        raise CannotBeRead(f"There is no language “{choices['language']}” here: {', '.join(OWN_NAMES)}.")
    source = str(choices.pop("source")) or site or kind
    if not SOURCE.fullmatch(source):
        raise CannotBeRead(
            f"“{source}” is no name for an old forum: use small Latin letters, digits, dots and hyphens."
        )
    pairs = [each.rpartition("=") for each in into]
    named = {old: here for old, sign, here in pairs if sign}
    everything = [here for _old, sign, here in pairs if not sign]
    if len(everything) > 1:
        raise CannotBeRead("Only one place can be for everything else; name the others as OLD=PLACE.")
    return Wish(source, named, "".join(everything), ours=kind == "json", **choices)  # type: ignore[arg-type]


def _bring(desk: Desk, wish: Wish, table: dict[str, Named], *, writes: bool) -> None:
    checking.sort_out(desk, wish)
    with db.the_database().reading() as session:
        known = people.known_people(session, desk.stage, table, desk.faults)
        ways = places.ways(session, desk.stage, wish)
        with _bar(desk, "Looking") as tick:
            counted = checking.look(session, desk, known, wish, tick)
    _say(desk, ways, known, counted)
    if counted.same_site:
        click.echo(
            "This export is of this very forum. What is here stays; what is gone was deleted here. Nothing to do."
        )
    elif not writes:
        click.echo("Nothing is changed yet. Say --write to bring it in.")
    else:
        _write(desk, known, wish, ways, counted)


def _write(desk: Desk, known: People, wish: Wish, ways: dict[str, Way], counted: Counted) -> None:
    try:
        bringing = service.begin(desk, known, wish, ways, counted)
        with _bar(desk, "Bringing in") as tick:
            service.bring_in(bringing, tick)
    except IntegrityError as error:
        raise click.ClickException(
            "Somebody else brings this in at this moment; begin again when they are done."
        ) from error
    click.echo(f"{counted.new_topics} topics and {counted.new_posts} posts were brought in.")


@contextmanager
def _bar(desk: Desk, label: str) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=checking.posts_in(desk), label=label, show_pos=True) as bar:
        yield bar.update


def _say(desk: Desk, ways: dict[str, Way], known: People, counted: Counted) -> None:
    old = counted.topics - counted.new_topics, counted.posts - counted.new_posts
    click.echo(f"{counted.topics} topics with {counted.posts} posts; {old[0]} and {old[1]} of these are here already.")
    click.echo(f"Of {counted.new_posts} posts that are new, {counted.by_known} are by members here.")
    click.echo(f"{len(set(known.members.values()))} members were found among the people there.")
    for each in ways.values():
        click.echo(f"  {each}")
    for reason, count in sorted(desk.told.items()):
        click.echo(f"Not for a forum, and left aside: {count} {reason}.")
    if not desk.whole:
        click.echo("The last line is missing: the export was cut off, and there was more.", err=True)
    if desk.faults.left_out:
        click.echo(f"{desk.faults.left_out} entries are left out; the reasons are below.")


@group.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--closed-doors", is_flag=True, help="Conversations behind closed doors too, without names.")
@click.option("--hidden-groups", is_flag=True, help="The places of hidden groups too.")
@click.option(
    "--addresses", is_flag=True, help="E-mail addresses too: for a move to another server, and only for that."
)
def export(path: Path, *, closed_doors: bool, hidden_groups: bool, addresses: bool) -> None:
    """Write the whole forum to a file of JSON lines, and its files to a zip beside it."""
    extent = Extent(closed_doors, hidden_groups, addresses)
    try:
        with click.progressbar(iter(()), label="Writing", **OFTEN) as bar:
            written = exporting.write(path, the_settings().host, extent, clock.now(), bar.update)
    except (CannotBeRead, OSError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{written.places} places, {written.topics} topics and {written.posts} posts were written to {path}.")
    if written.files:
        click.echo(f"{len(written.files)} files are in {path.with_suffix(BESIDE)}.")
    for name in written.missing:
        click.echo(f"{name}: its bytes are not in the store.", err=True)
