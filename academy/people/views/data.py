"""Taking one's data away, and going for good."""

from flask import Response, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from academy import clock, db
from academy.audit.service import record
from academy.people import accounts, data_rights, erasures, presence, takeaway, tries
from academy.people.actor import signed_in_actor
from academy.people.forms import EraseForm
from academy.people.guards import signed_in
from academy.people.proof import proved
from academy.people.views.blueprint import bp, own_row, page
from academy.web import limits


@bp.route("/account/data", methods=["GET", "POST"])
@signed_in
@proved
def data() -> ResponseReturnValue:
    """Say what is in the file, and hand it over when asked."""
    return page("data") if not EraseForm().is_submitted() else _handed_over()


def _handed_over() -> Response:
    actor, now = signed_in_actor(), clock.now()
    limits.spend(tries.EXPORT, actor.id)
    record(db.session, actor=actor, action="data.exported", now=now, subject=f"member:{actor.id}")
    pieces = takeaway.pieces_of(takeaway.packed(db.session, actor.id, now))
    headers = {"Content-Disposition": "attachment; filename=my-data.zip"}
    return Response(pieces, mimetype="application/zip", headers=headers)


@bp.route("/account/erase", methods=["GET", "POST"])
@signed_in
@proved
def erase() -> ResponseReturnValue:
    """Erase the account of whoever is signed in, after a last look."""
    form, actor = EraseForm(), signed_in_actor()
    with db.glance() as session:
        offered = data_rights.keepsakes_of(session, actor.id)
    form.kept.choices = [SelectChoice(each.name, str(each.words)) for each in offered]
    if form.validate_on_submit():
        accounts.erase(db.session, member=own_row(), actor=actor, now=clock.now(), kept=form.kept.data or ())
        db.after_commit(erasures.write_down)
        presence.forget()
        return _leaving_nothing(make_response(redirect(url_for("people.sign_in", erased=1), code=303)))
    return page("erase", form)


def _leaving_nothing(answer: Response) -> Response:
    """Let the browser forget all it has of this site: also that the device was known here, and the language chosen."""
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer
