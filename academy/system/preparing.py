"""Everything between installed packages and a site that can be served; quick when nothing changed."""

from pathlib import Path

import click
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import current_app

from academy import db
from academy.system import schema


def prepare(*, demo: bool) -> None:
    """Do what is to be done; what is wrong with the library of SQLite the web server says at every start."""
    for catalogue in stale_catalogues(Path(current_app.root_path) / "translations"):
        compile_catalogue(catalogue)
    schema.refuse_newer(db.the_database().engine)
    schema.upgrade(db.the_database())
    _command("courses", "import", "--bundled")
    if demo:
        _command("demo", "load", "--if-empty")


def stale_catalogues(folder: Path) -> list[Path]:
    """The translations that were changed since they were compiled."""
    return [file for file in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(file)]


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def compile_catalogue(catalogue: Path) -> None:
    """Write the compiled form beside the catalogue, whole or not at all."""
    draft = catalogue.with_suffix(".mo.part")
    with catalogue.open("rb") as source, draft.open("wb") as target:
        write_mo(target, read_po(source))
    draft.replace(catalogue.with_suffix(".mo"))


def _command(group: str, *arguments: str) -> None:
    known = current_app.cli.get_command(click.get_current_context(), group)
    if isinstance(known, click.Group) and arguments[0] in known.commands:
        known.main(list(arguments), standalone_mode=False)
