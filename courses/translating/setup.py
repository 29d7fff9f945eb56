"""How languages join the application."""

from flask import Flask

from academy.i18n import language_of
from academy.i18n import lazy_gettext as _l
from academy.web import ways
from academy.web.ways import Way
from courses.catalogue.staff import is_staff_of
from courses.publishing import standings
from courses.publishing.standings import Said
from courses.translating.sheets import Files, Sheets, standing
from courses.translating.shown import url_of
from courses.translating.views import languages, outside, sheet
from courses.translating.views.shared import bp
from courses.translating.words import facts_of

PAGES = (languages, outside, sheet)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the pages, and say on the page of publishing how far each language is."""
    app.register_blueprint(bp)
    below = {name for name in app.view_functions if name.startswith("translating.")}
    ways.add(Way(_l("Languages"), "translating.index", 65, is_staff_of, frozenset(below)))
    standings.add("languages", _said)


def _said(slug: str, original: str, files: Files) -> list[Said]:
    sheets = Sheets(files, original)
    return [_of(slug, code, sheets) for code in sorted(sheets.languages)]


def _of(slug: str, code: str, sheets: Sheets) -> Said:
    found = standing(code, sheets.all(code))
    return Said(language_of(code).own_name, url_of(slug, code), tuple(facts_of(found)), warns=found.warns)
