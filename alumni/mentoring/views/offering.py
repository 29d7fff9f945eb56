"""Offer to be a mentor, change that, take a rest, stop."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web.forms import hang, said
from alumni.mentoring import offering, queries, rules
from alumni.mentoring.forms import OfferForm
from alumni.mentoring.kinds import Serves
from alumni.mentoring.models import Mentor
from alumni.mentoring.refusals import TooFewPlaces
from alumni.mentoring.views.blueprint import INVALID, bp, let_write, looking, named, page, today


@bp.route("/alumni/mentoring/offer", methods=["GET", "POST"])
@signed_in
def offer() -> ResponseReturnValue:
    """What I offer as a mentor."""
    actor, viewer = looking()
    reveal(rules.may_offer(actor))
    mentor = queries.offer_of(db.session, actor.id)
    form = _form(mentor)
    if form.validate_on_submit() and form.rests_well(today()) and _kept(form, actor):
        flash(_("Your offer is kept. Thank you for giving your time."), "done")
        return redirect(url_for("mentoring.mine"), code=303)
    own = named(viewer, [actor.id])[actor.id]
    is_open = mentor is not None and mentor.stopped_at is None
    return page("offer", INVALID if form.errors else 200, form=form, mentor=mentor, is_open=is_open, own=own)


def _form(mentor: Mentor | None) -> OfferForm:
    form = OfferForm(data=_kept_so_far(mentor))
    form.fill()
    return form


def _kept_so_far(mentor: Mentor | None) -> dict[str, object]:
    if mentor is None:
        return {}
    rests = mentor.paused_until if mentor.paused_until and mentor.paused_until > today() else None
    words = {"words": mentor.words, "capacity": mentor.capacity, "serves": mentor.serves, "paused_until": rests}
    return {**words, **queries.terms_of(db.session, [mentor.id])[mentor.id]}


def _kept(form: OfferForm, actor: Actor) -> bool:
    let_write()
    made = offering.Offer(
        capacity=form.capacity.data or 1,
        topics=form.topics.data or (),
        languages=form.languages.data or (),
        serves=Serves(said(form.serves)),
        words=said(form.words).strip(),
        paused_until=form.paused_until.data,
    )
    try:
        offering.offer(db.session, member_id=actor.id, said=made, now=clock.now())
    except TooFewPlaces as refusal:
        hang(form.capacity, refusal)
        return False
    return True


@bp.post("/alumni/mentoring/offer/stop")
@signed_in
def stop() -> ResponseReturnValue:
    """Take no more people on."""
    actor = signed_in_actor()
    reveal(rules.may_offer(actor))
    offering.stop(db.session, member_id=actor.id, now=clock.now())
    flash(_("You are not offered as a mentor any more. Whoever you accompany now stays with you."), "done")
    return redirect(url_for("mentoring.mine"), code=303)
