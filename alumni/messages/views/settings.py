"""Who may write to a member first."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from alumni.messages import queries, talking
from alumni.messages.forms import ChoiceForm
from alumni.messages.rules import USUAL_CHOICE
from alumni.messages.views.blueprint import INVALID, bp, page


@bp.route("/settings", methods=["GET", "POST"])
@signed_in
def settings() -> ResponseReturnValue:
    """Choose who may write."""
    form, actor = ChoiceForm(), signed_in_actor()
    if form.validate_on_submit():
        talking.choose(db.session, member_id=actor.id, who=form.who.data)
        flash(_("Your choice is kept."), "done")
        return redirect(url_for("messages.settings"), code=303)
    if not form.is_submitted():
        chosen = queries.choice_of(db.session, actor.id)
        form.who.data = int(USUAL_CHOICE) if chosen is None else chosen
    return page("settings", INVALID if form.errors else 200, form=form)
