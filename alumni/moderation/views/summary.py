"""What moderators did in a year, for every member."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import Text, number
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.guards import signed_in
from academy.web.paging import row_number
from alumni.moderation import figures
from alumni.moderation.views.blueprint import bp, page
from alumni.moderation.words import REASONS

THINGS: dict[str, Text] = {
    "kept": _l("Left as it was"),
    "hidden": _l("Hidden"),
    "removed": _l("Removed"),
    "gone": _l("Taken away by its owner"),
}
PERSONS: dict[str, Text] = {
    "warned": _l("Warned"),
    "silenced": _l("Kept from writing for a time"),
    "suspended": _l("Suspended"),
}
APPEALS: dict[str, Text] = {
    "granted": _l("Taken back after a second look"),
    "refused": _l("Still standing after a second look"),
    "open": _l("Being looked at again"),
}


@bp.get("/moderation/figures")
@signed_in
def summary() -> ResponseReturnValue:
    """The figures of a year."""
    this = clock.now().year
    first = min(figures.first_year(db.session) or this, this)
    asked = request.args.get("year", this, type=row_number)
    year = asked if first <= asked <= this else this
    found = figures.of_year(db.session, year)
    tables = [
        (_("What members reported"), _rows(found.reports, REASONS)),
        (_("What was decided about it"), _rows(found.things, THINGS)),
        (_("What it meant for people"), _rows(found.persons, PERSONS)),
        (_("Appeals"), _rows(found.appeals, APPEALS)),
    ]
    years = [
        {"label": str(each), "url": url_for("moderation.summary", year=each), "current": each == year}
        for each in range(this, max(first, this - 9) - 1, -1)
    ]
    return page("summary", year=year, years=years, tables=tables)


def _rows(counted: dict[str, int | None] | object, words: dict[str, Text]) -> list[tuple[str, str]]:
    told = dict(counted) if isinstance(counted, dict) else {}
    return [(str(label), _said(told[name])) for name, label in words.items() if name in told]


def _said(count: int | None) -> str:
    return _("fewer than five") if count is None else number(count)
