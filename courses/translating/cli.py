"""`flask courses remember`: translations in a folder note which source they were made from."""

from pathlib import Path

import click

from courses.catalogue.cli import folders
from courses.catalogue.content import LANGUAGES
from courses.catalogue.reader.course import read_course
from courses.catalogue.reader.faults import CourseFaults
from courses.catalogue.reader.folder import files_of
from courses.translating import service
from courses.translating.sheets import Sheets


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Only this language, by its code.")
@click.option("--behind", is_flag=True, help="Also what is behind its source: you have seen that it still fits.")
def remember(path: Path, *, language: str | None, behind: bool) -> None:
    """Note in the translations of a course's folder that they fit the source as it is now.

    What is noted already stays as it is. From then on everybody is told which passages fall behind.
    """
    try:
        for folder in folders(path):
            click.echo(_remembered(folder, language, behind=behind))
    except CourseFaults as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error


def _remembered(folder: Path, language: str | None, *, behind: bool) -> str:
    files = files_of(folder)
    sheets = Sheets(files, read_course(folder.resolve().name, files).language)
    wanted = [code for code in sorted(sheets.languages) if language in {None, code}]
    if not wanted:
        return f"{folder.resolve().name}: there is no translation{f' into {language}' if language else ''} here."
    count = 0
    for code in wanted:
        made, noted = service.noted_as_made(sheets.all(code), behind=behind)
        count += noted
        for name, text in made.items():
            (folder / name).write_bytes(service.in_manner_of(text, files[name]))
    return f"{folder.resolve().name}: passages noted: {count} ({', '.join(wanted)})."
