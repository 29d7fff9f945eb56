"""`flask courses …`: check, import and export courses as folders of files."""

from pathlib import Path

import click
from flask.cli import AppGroup

from academy import clock, db, zones
from academy.prose.texts import MarkdownTooHard
from courses.catalogue import hints, library, rendering, reporting
from courses.catalogue.labels import labels_in
from courses.catalogue.reader import layout
from courses.catalogue.reader.course import read_course
from courses.catalogue.reader.faults import CourseFaults
from courses.catalogue.reader.folder import files_of

group = AppGroup("courses", help="Check, import and export courses.")
BUNDLED = Path(__file__).resolve().parents[1] / "content"


@group.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--hints", "hinting", is_flag=True, help="Say too what could be better: style, length, weight.")
def check(path: Path | None, *, hinting: bool) -> None:
    """Say everything that is wrong with a course, or with a folder of courses (the bundled ones by default)."""
    failed = [folder for folder in folders(path or BUNDLED) if not _check(folder, hinting=hinting)]
    if failed:
        raise SystemExit(1)


def _check(folder: Path, *, hinting: bool) -> bool:
    try:
        files = files_of(folder)
        course = read_course(folder.resolve().name, files)
        rendering.render(course, labels=labels_in)
    except CourseFaults as faults:
        click.echo(str(faults), err=True)
        return False
    except MarkdownTooHard as error:
        click.echo(f"{folder.name}: {error}", err=True)
        return False
    if hinting:
        for hint in hints.hints_of(course, hints.sizes_of(files), today=zones.home_day(clock.now())):
            click.echo(f"{hint.path}:{hint.line}: hint: {hint.message}")
    click.echo(f"{course.slug}: {len(course.lessons)} lessons, no faults.")
    return True


@group.command("report")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def report(path: Path | None) -> None:
    """Print for each lesson how long, how hard to read and how heavy it is (of the bundled courses by default).

    Ease is the Flesch index in English, its fit by Oborneva in Russian; bytes are about those of the page on its way.
    """
    failed = [folder for folder in folders(path or BUNDLED) if not _report(folder)]
    if failed:
        raise SystemExit(1)


def _report(folder: Path) -> bool:
    try:
        course = read_course(folder.resolve().name, files_of(folder))
    except CourseFaults as faults:
        click.echo(str(faults), err=True)
        return False
    click.echo(f"{course.slug}\n{reporting.table(list(reporting.rows_of(course)))}\n")
    return True


@group.command("export")
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--edition", type=click.IntRange(1), help="An edition by its number; without it, the one learners read.")
def export(slug: str, path: Path, edition: int | None) -> None:
    """Write an edition of a course as a folder PATH/SLUG, byte for byte as it was published."""
    with db.command_transaction() as session:
        live = library.live_course(session, slug) if edition is None else library.edition(session, slug, edition)
        if live is None:
            missing = f"no course “{slug}”" if edition is None else f"no edition {edition} of a course “{slug}”"
            raise click.ClickException(f"There is {missing}.")
        files = library.files_of(session, live.edition_id)
    root = path if path.name == slug else path / slug
    if root.exists() and any(root.iterdir()):
        raise click.ClickException(f"The folder {root} exists and is not empty.")
    for name, content in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    click.echo(f"{slug}: {len(files)} files written to {root}.")


def folders(path: Path) -> list[Path]:
    """The course at this path, or every course in this folder."""
    if not path.is_dir() or _is_course(path):
        return [path]
    found = sorted(each for each in path.iterdir() if each.is_dir() and not each.name.startswith("."))
    if not found:
        raise click.ClickException(f"There is no course in {path}: a course is a folder with a course.md in it.")
    return found


def _is_course(folder: Path) -> bool:
    """Whether a folder is a course, or is to become one: its modules are there before its course.md."""
    modules = (each for each in folder.iterdir() if each.is_dir() and layout.numbered(each.name))
    return (folder / "course.md").exists() or any(not (each / "course.md").exists() for each in modules)
