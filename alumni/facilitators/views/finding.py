"""Who offers to run sessions, and my own offer."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web.forms import said
from academy.web.paging import row_number
from alumni.facilitators import queries, rules, service
from alumni.facilitators.forms import FindForm, OfferForm
from alumni.facilitators.kinds import FORMATS, LANGUAGES, TOPICS
from alumni.facilitators.models import Facilitator
from alumni.facilitators.queries import Wanted
from alumni.facilitators.views.blueprint import INVALID, bp, let_write, may_look, named, page, shown


@bp.get("/alumni/facilitators")
@signed_in
def index() -> ResponseReturnValue:
    """Who offers to run sessions."""
    actor = signed_in_actor()
    reveal(may_look(actor))
    form = FindForm(request.args, meta={"csrf": False})
    form.offer()
    wanted, before = _wanted(form), request.args.get("before", type=row_number)
    found = queries.facilitators_before(db.session, actor.id, wanted, before)
    some = found[: queries.PAGE]
    return page(
        "index",
        form=form,
        active=sum(map(bool, (wanted.topic, wanted.language, wanted.format))),
        facilitators=shown(some),
        own={each.id for each in some if each.member_id == actor.id},
        may_invite=rules.may_invite(actor),
        more=_here(wanted, some[-1].id) if len(found) > queries.PAGE else "",
        first=_here(wanted, None) if "before" in request.args else "",
    )


def _wanted(form: FindForm) -> Wanted:
    form.validate()
    topic, language, way = (
        "" if field.errors else said(field) for field in (form.topic, form.language, form["format"])
    )
    return Wanted(topic, language, way)


def _here(wanted: Wanted, before: int | None) -> str:
    topic, language, way = wanted.topic or None, wanted.language or None, wanted.format or None
    return url_for("facilitators.index", topic=topic, language=language, format=way, before=before)


@bp.route("/alumni/facilitators/offer", methods=["GET", "POST"])
@signed_in
def offer() -> ResponseReturnValue:
    """What I offer as a facilitator."""
    actor = signed_in_actor()
    reveal(rules.may_offer(actor))
    kept = queries.offer_of(db.session, actor.id)
    form = _form(kept)
    if form.validate_on_submit():
        let_write()
        terms = {TOPICS: form.topics.data or (), LANGUAGES: form.languages.data or (), FORMATS: form.formats.data or ()}
        words = said(form.words).strip()
        service.offer(db.session, member_id=actor.id, words=words, terms=terms, now=clock.now())
        flash(_("Your offer is kept. Those who plan courses can invite you now."), "done")
        return redirect(url_for("facilitators.mine"), code=303)
    is_open = kept is not None and kept.stopped_at is None
    own = named([actor.id])[actor.id]
    withheld = kept is not None and kept.withheld_at is not None
    status = INVALID if form.errors else 200
    return page("offer", status, form=form, is_open=is_open, own=own, withheld=withheld)


def _form(kept: Facilitator | None) -> OfferForm:
    data = {} if kept is None else {"words": kept.words, **queries.terms_of(db.session, [kept.id])[kept.id]}
    form = OfferForm(data=data)
    form.fill()
    return form


@bp.post("/alumni/facilitators/offer/stop")
@signed_in
def stop() -> ResponseReturnValue:
    """Be offered no more."""
    actor = signed_in_actor()
    reveal(rules.may_offer(actor))
    service.stop(db.session, member_id=actor.id, now=clock.now())
    flash(_("You are not offered as a facilitator any more. Sessions you accepted stay."), "done")
    return redirect(url_for("facilitators.mine"), code=303)
