"""`flask courses import`: a folder becomes a course, or the draft of the course that is there."""

from collections.abc import Iterable
from pathlib import Path

import click
from sqlalchemy.orm import Session

from academy import clock, db
from academy.prose.texts import MarkdownTooHard
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.catalogue.cli import BUNDLED, folders, group
from courses.catalogue.models import Edition
from courses.catalogue.reader.course import read_course
from courses.catalogue.reader.faults import CourseFaults
from courses.catalogue.reader.folder import files_of
from courses.exchange import service
from courses.publishing.difference import FileChange, State
from courses.translating import cli as translating

group.add_command(translating.remember)
SIGNS = {State.NEW: "+", State.GONE: "-", State.CHANGED: "~", State.RENAMED: ">"}


@group.command("import")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--bundled", is_flag=True, help="Import the courses that come with the platform.")
@click.option("--publish", "at_once", is_flag=True, help="Publish at once instead of making a draft.")
def import_(path: Path | None, *, bundled: bool, at_once: bool) -> None:
    """Take a course's folder in, or every course in a folder; all of it, or nothing.

    A course that is new here is published. Of one that is here, the folder becomes the draft; what differs is shown.
    """
    if path is None and not bundled:
        raise click.ClickException("Say which folder to import, or --bundled.")
    try:
        sets = {folder.resolve().name: files_of(folder) for folder in folders(path or BUNDLED)}
        with db.command_transaction() as session, click.progressbar(sets, label="Importing") as bar:
            said = [
                _taken(session, slug, sets[slug], bundled=bundled and path is None, at_once=at_once) for slug in bar
            ]
    except (CourseFaults, MarkdownTooHard) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    for line in said:
        click.echo(line)


def _taken(session: Session, slug: str, files: dict[str, bytes], *, bundled: bool, at_once: bool) -> str:
    live = library.live_course(session, slug)
    if live is not None and bundled and _written_here(session, live.edition_id):
        return f"{slug}: edition {live.edition_number} was written here and stays as it is."
    if live is None or bundled or at_once or service.is_live(session, slug, files):
        done = catalogue.publish(session, slug=slug, files=files, by=None, now=clock.now())
        return f"{slug}: edition {done.number} {'published' if done.fresh else 'unchanged'}."
    read_course(slug, files)
    taken = service.take_as_draft(session, slug=slug, files=files, about=slug, by=None, now=clock.now())
    if not taken.changed:
        return f"{slug}: the draft is this folder already."
    head = f"{slug}: draft made, not published. It differs from edition {live.edition_number}:"
    ways = f"Look at it at /teach/{slug}/publish, or publish it with --publish."
    return "\n".join([head, *_list(taken.changes), ways])


def _written_here(session: Session, edition_id: int) -> bool:
    """Whether a person published the live edition: what comes with the platform does not write over it."""
    edition = session.get(Edition, edition_id)
    return edition is not None and edition.published_by is not None


def _list(changes: Iterable[FileChange]) -> list[str]:
    return [f"  {SIGNS[change.state]} {change.path}" for change in changes] or ["  nothing"]
