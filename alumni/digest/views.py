"""The digest on the site, how somebody wants it, and the way to stop it out of a letter."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, zones
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import public, reveal, signed_in
from academy.web.forms import said
from alumni.digest import pieces, queries, rules, service
from alumni.digest.forms import ChoiceForm
from alumni.digest.pieces import Reader
from alumni.profiles.viewers import is_of_the_network, viewer_of

bp = Blueprint("digest", __name__, url_prefix="/alumni/digest")
INVALID = 422


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """What the next letter would tell, and how the reader wants it."""
    actor = _reader()
    form = ChoiceForm(obj=queries.choice_of(db.session, actor.id))
    form.offer()
    return _page(actor, form)


def _reader() -> Actor:
    actor = signed_in_actor()
    reveal(is_of_the_network(actor))
    return actor


def _page(actor: Actor, form: ChoiceForm) -> str:
    now, choice = clock.now(), queries.choice_of(db.session, actor.id)
    earliest = now - rules.LOOK_BACK
    since = choice.since if choice and choice.next_at else earliest
    reader = Reader(actor, viewer_of(db.session, actor), since, now)
    return render_template(
        "alumni/digest/index.html",
        form=form,
        parts=pieces.told(db.session, reader),
        since=since,
        next_at=choice.next_at if choice else None,
    )


@bp.post("/")
@signed_in
def choose() -> ResponseReturnValue:
    """Keep how the reader wants it."""
    actor, form = _reader(), ChoiceForm()
    form.offer()
    if not form.validate_on_submit():
        return _page(actor, form), INVALID
    frequency = said(form.frequency)
    service.choose(
        db.session,
        member_id=actor.id,
        frequency=frequency,
        quiet=form.quiet,
        zone=zones.current(),
        now=clock.now(),
    )
    flash(_("Your choice is kept."), "done")
    return redirect(url_for("digest.index"), code=303)


@bp.get("/stop/<token>")
@public
def stop(token: str) -> ResponseReturnValue:
    """Lead on from where the first letters led; one page stops letters of all sorts."""
    return redirect(url_for("notices.stop", token=token), code=308)
