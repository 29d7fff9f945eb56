"""Post an opportunity, change it, say that it is over."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import clock, db
from academy.errors import DomainError
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web import limits
from academy.web.forms import whole
from academy.web.limits import Limit
from alumni.moderation.newcomers import is_newcomer
from alumni.opportunities import queries, service
from alumni.opportunities.forms import OpportunityForm, filled_with
from alumni.opportunities.models import WAITING
from alumni.opportunities.views.blueprint import INVALID, NUMBER, bp, own_or_404, page
from alumni.profiles.viewers import is_of_the_network

A_DAY = 24 * 60 * 60
POSTS, FIRST_POSTS = Limit("opportunities", 10, A_DAY), Limit("first opportunities", 2, A_DAY)
NO_VERSION = -1


@bp.route("/alumni/opportunities/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Post something others can apply for."""
    actor, now, form = signed_in_actor(), clock.now(), OpportunityForm().offer()
    reveal(is_of_the_network(actor))
    with db.glance() as session:
        waits = is_newcomer(session, actor.id, now)
    if not _is_complete(form) or _only_a_look():
        return _form(form, waits=waits, is_new=True)
    limits.spend(FIRST_POSTS if waits else POSTS, actor.id)
    row = service.post(db.session, said=form.said(), by=actor.id, now=now)
    return _done(row.id, waits=row.state == WAITING)


@bp.route(f"/alumni/opportunities/<{NUMBER}:number>/change", methods=["GET", "POST"])
@signed_in
def change(number: int) -> ResponseReturnValue:
    """Say something else of it."""
    actor, now = signed_in_actor(), clock.now()
    reveal(is_of_the_network(actor))
    row = own_or_404(number)
    form = OpportunityForm(data=filled_with(row)).offer()
    waits = is_newcomer(db.session, actor.id, now)
    if not _is_complete(form) or _only_a_look():
        return _form(form, waits=waits, is_new=False)
    try:
        service.change(db.session, row=row, said=form.said(), version=whole(form.version), now=now)
    except DomainError as refusal:
        db.session.rollback()
        form.form_errors = [*form.form_errors, str(refusal.sentence)]
        kept = queries.by_number(db.session, number)
        form.version.data = str(kept.version if kept else NO_VERSION)
        return _form(form, waits=waits, is_new=False)
    return _done(number, waits=row.state == WAITING)


def _is_complete(form: OpportunityForm) -> bool:
    return bool(form.is_submitted() and (form.validate() & form.lasts(clock.now())))


def _only_a_look() -> bool:
    return "preview" in request.form


def _form(form: OpportunityForm, *, waits: bool, is_new: bool) -> ResponseReturnValue:
    wrong = bool(form.errors or form.form_errors)
    drawn = render_member_text(form.text.data or "") if _only_a_look() and not wrong else Markup()
    return page("form", INVALID if wrong else 200, form=form, waits=waits, is_new=is_new, drawn=drawn)


def _done(number: int, *, waits: bool) -> ResponseReturnValue:
    flash(
        _("Thank you. A moderator looks at it before others see it.") if waits else _("Others see it now."),
        "done",
    )
    return redirect(url_for("opportunities.show", number=number), code=303)


@bp.post(f"/alumni/opportunities/<{NUMBER}:number>/end")
@signed_in
def end(number: int) -> ResponseReturnValue:
    """Say that it is filled, or take it back."""
    filled = request.form.get("how") == "filled"
    service.end(db.session, row=own_or_404(number), filled=filled, now=clock.now())
    flash(_("Others see that it is filled.") if filled else _("Taken back: nobody else sees it any more."), "done")
    return redirect(url_for("opportunities.show", number=number), code=303)


@bp.post(f"/alumni/opportunities/<{NUMBER}:number>/extend")
@signed_in
def extend(number: int) -> ResponseReturnValue:
    """Say that it is still open."""
    service.extend(own_or_404(number), clock.now())
    flash(_("It stays open for another ninety days."), "done")
    return redirect(url_for("opportunities.show", number=number), code=303)
