"""The audit log, for admins to read."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.audit import queries
from academy.audit.forms import FilterForm
from academy.audit.models import AuditEntry
from academy.i18n import date_and_time
from academy.i18n import gettext as _
from academy.people.guards import admins
from academy.people.queries import names_of
from academy.web.paging import row_number

bp = Blueprint("audit", __name__)


@bp.get("/admin/audit")
@admins
def entries() -> ResponseReturnValue:
    """Page through what was done, newest first."""
    form = FilterForm(request.args, meta={"csrf": False})
    asked = {"action": (form.action.data or "")[:32], "subject": (form.subject.data or "")[:255]}
    found = queries.entries(db.session, before=request.args.get("before", type=row_number), **asked)
    filters: dict[str, Any] = {name: text for name, text in asked.items() if text}
    return render_template(
        "academy/audit/entries.html",
        form=form,
        active=len(filters),
        rows=_shown(found.rows),
        older=url_for("audit.entries", before=found.next_before, **filters) if found.next_before else "",
    )


def _shown(rows: Sequence[AuditEntry]) -> list[list[str]]:
    names = names_of(db.session, {row.actor_id for row in rows if row.actor_id is not None})
    return [[date_and_time(row.at), _who(row, names), row.action, row.subject, row.result, row.detail] for row in rows]


def _who(row: AuditEntry, names: dict[int, str]) -> str:
    if row.actor_id is None:
        return _("the site itself")
    return names.get(row.actor_id, "") or f"member:{row.actor_id}"
