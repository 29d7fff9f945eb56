"""Begin a conversation behind closed doors."""

import secrets

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, reveal, signed_in
from academy.web.forms import hang, said
from alumni.forum.order import doors
from alumni.forum.order.refusals import NotThatLong
from alumni.forum.order.tool_forms import DoorsForm
from alumni.forum.places import circles
from alumni.forum.topics.rules import Words
from alumni.forum.views.addresses import topic_path
from alumni.forum.views.blueprint import INVALID, Entered, bp, category_or_404, page


@bp.route("/<slug>/doors", methods=["GET", "POST"])
@signed_in
def close_doors(slug: str) -> ResponseReturnValue:
    """Begin one; keepers do, in places that not everybody reads."""
    entered = category_or_404(slug)
    require(entered.rights.keep_order and entered.rights.begin)
    reveal(entered.category.readers != circles.EVERYONE)
    form = DoorsForm()
    if not form.validate_on_submit() or form.ends_on.data is None:
        form.token.data = form.token.data or secrets.token_hex(16)
        return _page(entered, form, INVALID if form.errors else 200)
    try:
        topic = doors.begin(
            db.session,
            category=entered.category,
            by=signed_in_actor(),
            title=said(form.title),
            words=Words(said(form.text), said(form.token)[:32]),
            ends_on=form.ends_on.data,
            now=clock.now(),
        )
    except NotThatLong as refusal:
        hang(form.ends_on, refusal)
        return _page(entered, form, INVALID)
    flash(_("The doors are closed: nobody is named here."), "done")
    return redirect(topic_path(topic.id, topic.title, behind_doors=True), code=303)


def _page(entered: Entered, form: DoorsForm, status: int) -> ResponseReturnValue:
    return page("order/doors", status, entered=entered, form=form)
