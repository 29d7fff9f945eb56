"""The page of figures, to be looked at, printed or taken as a workbook."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.i18n import current_language
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.spreadsheets.service import XLSX_TYPE, Cell, xlsx_of
from academy.web import limits
from academy.web.limits import Limit
from alumni.reports.tables import Table, all_tables

bp = Blueprint("reports", __name__)
WORKBOOKS = Limit("workbooks of figures", 30, 60 * 60)


@bp.get("/admin/network/figures")
@admins
def figures() -> ResponseReturnValue:
    """Counts of alumni in which nobody can be found."""
    now = clock.now()
    return render_template("alumni/reports/figures.html", tables=all_tables(db.session, now), now=now)


@bp.post("/admin/network/figures.xlsx")
@admins
def workbook() -> ResponseReturnValue:
    """The same as a workbook."""
    actor, now = signed_in_actor(), clock.now()
    limits.spend(WORKBOOKS, actor.id)
    with db.glance() as session:
        tables = all_tables(session, now)
    headings = [_("Table"), _("What"), _("People")]
    content = xlsx_of(_("Figures"), headings, _rows(tables), right_to_left=current_language().direction == "rtl")
    record(db.session, actor=actor, action="network.figures_exported", now=now)
    response = make_response(content)
    response.mimetype = XLSX_TYPE
    response.headers["Content-Disposition"] = f'attachment; filename="network-{now:%Y-%m-%d}.xlsx"'
    return response


def _rows(tables: list[Table]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for table in tables:
        rows += [[table.title, name, _("fewer than 5") if count is None else count] for name, count in table.rows]
        if table.total is not None:
            rows.append([table.title, _("Together"), table.total])
    return rows
