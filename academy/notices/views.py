"""The notices of a member, and how they want to be told."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.notices import queries, service, stopping
from academy.notices.forms import choices_form, controls
from academy.notices.kinds import all_kinds, sentences_of
from academy.people.actor import signed_in_actor
from academy.people.guards import public, signed_in
from academy.web import redirects, tokens
from academy.web.paging import ROW, row_number

bp = Blueprint("notices", __name__)
ONE_CLICK = "List-Unsubscribe"


@bp.get("/my/notices")
@signed_in
def index() -> ResponseReturnValue:
    """What the member was told, newest first."""
    me = signed_in_actor().id
    notices = queries.notices_before(db.session, me, request.args.get("before", type=row_number))
    some = notices[: queries.PAGE]
    shown = list(zip(some, sentences_of(db.session, me, some), strict=True))
    older = shown[-1][0].id if len(notices) > queries.PAGE else None
    return render_template("academy/notices/index.html", notices=shown, older=older)


@bp.post(f"/my/notices/<{ROW}:number>")
@signed_in
def open_one(number: int) -> ResponseReturnValue:
    """Mark one notice as read and go to what it is about."""
    member_id = signed_in_actor().id
    notice = queries.notice_of(db.session, member_id, number)
    if notice is None:
        raise NotFound
    service.mark_read(db.session, member_id=member_id, notice_id=number, now=clock.now())
    return redirect(redirects.safe(notice.url, url_for("notices.index")), code=303)


@bp.post("/my/notices/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Mark all notices as read."""
    service.mark_read(db.session, member_id=signed_in_actor().id, now=clock.now())
    flash(_("All notices are marked as read."), "done")
    return redirect(url_for("notices.index"), code=303)


@bp.route("/my/notices/choices", methods=["GET", "POST"])
@signed_in
def choices() -> ResponseReturnValue:
    """Let the member choose, kind by kind, how they are told."""
    member_id, kinds = signed_in_actor().id, all_kinds()
    form = choices_form(kinds, queries.choices_of(db.session, member_id))
    if form.validate_on_submit():
        for kind in kinds.values():
            on_site, mail = form.chosen(kind)
            service.choose(db.session, member_id=member_id, kind=kind.name, on_site=on_site, mail=mail)
        flash(_("Your choices are kept."), "done")
        return redirect(url_for("notices.choices"), code=303)
    rows = [(str(kind.title), str(kind.hint), *controls(form, kind)) for kind in kinds.values()]
    return render_template("academy/notices/choices.html", form=form, rows=rows), 422 if form.errors else 200


@bp.route("/notices/stop/<token>", methods=["GET", "POST"])
@public
@tokens.of_its_own
def stop(token: str) -> ResponseReturnValue:
    """Stop letters from a link in one of them: a page first, the act by POST; no sign-in needed."""
    asked = stopping.read(token)
    if asked is None:
        raise NotFound
    if request.method != "POST":
        return render_template("academy/notices/stop.html", asked=asked, token=token, done="done" in request.args)
    stopping.stop(db.session, asked, clock.now())
    if ONE_CLICK in request.form:  # the program of a mail service: it follows nowhere and reads nothing
        return Response(status=204)
    return redirect(url_for("notices.stop", token=token, done=1), code=303)
