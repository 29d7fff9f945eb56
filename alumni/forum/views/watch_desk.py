"""The desk of watched words and links."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import moderators
from academy.web.forms import hang, said
from academy.web.paging import ROW, row_number
from alumni.forum.order import screening
from alumni.forum.order.forms import DEEDS, KINDS, WatchForm
from alumni.forum.order.refusals import NothingToWatch, WatchedAlready
from alumni.forum.views.places_desk import INVALID, bp


@bp.get("/watched")
@moderators
def watched() -> ResponseReturnValue:
    """Everything that is watched."""
    return _watched(WatchForm())


def _watched(form: WatchForm, status: int = 200) -> ResponseReturnValue:
    form.offer()
    before = request.args.get("before", None, type=row_number)
    found = screening.everything_watched(db.session, before)
    shown = found[: screening.PAGE]
    page = render_template(
        "alumni/forum/desk/watched.html",
        form=form,
        found=shown,
        kinds=KINDS,
        deeds=DEEDS,
        more=url_for("forum_desk.watched", before=shown[-1].id) if len(found) > screening.PAGE else "",
        first=url_for("forum_desk.watched") if before else "",
    )
    return page, status


@bp.post("/watched")
@moderators
def watch() -> ResponseReturnValue:
    """Watch something from now on."""
    form = WatchForm()
    form.offer()
    if not form.validate_on_submit():
        return _watched(form, INVALID)
    words = {"kind": form.kind.data, "words": said(form.words), "deed": form.deed.data}
    try:
        screening.watch(db.session, **words, by=signed_in_actor(), now=clock.now())
    except (WatchedAlready, NothingToWatch) as refusal:
        hang(form.words, refusal)
        return _watched(form, INVALID)
    flash(_("It is watched from now on."), "done")
    return redirect(url_for("forum_desk.watched"), code=303)


@bp.post(f"/watched/<{ROW}:number>/remove")
@moderators
def unwatch(number: int) -> ResponseReturnValue:
    """Watch something no longer."""
    screening.stop_watching(db.session, number, signed_in_actor(), clock.now())
    flash(_("It is watched no longer."), "done")
    return redirect(url_for("forum_desk.watched"), code=303)
