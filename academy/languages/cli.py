"""`flask languages …`: keep the words of the interface complete."""

import click
from flask.cli import AppGroup

from academy.i18n import LOCALES, OWN_NAMES
from academy.languages import catalogues
from academy.languages.report import Report, report_on
from academy.system.preparing import compile_catalogue

group = AppGroup("languages", help="The words of the interface in other languages.")
SHOWN = 20


@group.command("begin")
@click.argument("code", type=click.Choice([code for code in OWN_NAMES if code != "en"]))
def begin(code: str) -> None:
    """Start the catalogue of a language of the site; then translate it and compile."""
    locale = LOCALES.get(code, code)
    path = catalogues.path_of(locale)
    if path.exists():
        raise click.ClickException(f"{path} exists already.")
    catalogues.write(locale, catalogues.renewed(locale, catalogues.words_of_the_source()))
    click.echo(f"{path} waits for its translations.")


@group.command("update")
def update() -> None:
    """Bring every catalogue to the words of the source: new messages come empty, lost ones go."""
    template = catalogues.words_of_the_source()
    for locale in catalogues.locales():
        catalogue = catalogues.renewed(locale, template)
        catalogues.write(locale, catalogue)
        click.echo(_line(report_on(locale, catalogue)))


@group.command("compile")
def compile_() -> None:
    """Compile every catalogue into the form that the site reads."""
    for locale in catalogues.locales():
        compile_catalogue(catalogues.path_of(locale))
        click.echo(f"{locale}: compiled.")


@group.command("report")
def report() -> None:
    """Say how complete each language is, and what is missing; fail if a translation would break a page."""
    template = catalogues.words_of_the_source()
    reports = [report_on(locale, catalogues.renewed(locale, template)) for locale in catalogues.locales()]
    for each in reports:
        click.echo(_line(each))
        for message in each.missing[:SHOWN]:
            click.echo(f"  missing: {message}")
        for fault in each.faults:
            click.echo(f"  wrong: {fault}")
    if any(each.faults for each in reports):
        raise click.exceptions.Exit(1)


def _line(found: Report) -> str:
    return f"{found.locale}: {found.percent} per cent of {found.count} messages, {len(found.missing)} missing."
