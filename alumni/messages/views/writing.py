"""The first message to somebody."""

from dataclasses import dataclass

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web.forms import hang, said
from alumni.messages import people, queries, service, talking, tries
from alumni.messages.forms import RequestForm
from alumni.messages.models import CLOSED, GONE
from alumni.messages.people import RANKS
from alumni.messages.refusals import AskedAlready, TooManyWaiting
from alumni.messages.views.blueprint import INVALID, back_to, bp, named, page
from alumni.profiles.names import may_be_handle
from alumni.profiles.queries import visible_among
from alumni.profiles.viewers import viewer_of

MEMBER = "<int(max=999999999999999):member_id>"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a first message would go: `rank` of who writes as staff, the number of what the two have already."""

    rank: str
    conversation: int
    newcomer: bool


@bp.get("/with/<handle>")
@signed_in
def to_handle(handle: str) -> ResponseReturnValue:
    """Write to the member with this profile."""
    member_id = queries.member_with(db.session, handle) if may_be_handle(handle) else None
    reveal(member_id is not None and _leads_there(member_id))
    return redirect(url_for("messages.begin", member_id=member_id), code=303)


def _leads_there(member_id: int) -> bool:
    """Whether a handle may lead to the form: what the two have already, or a profile that whoever asks sees."""
    place = _place(member_id)
    if place is None or place.conversation:
        return place is not None
    return bool(visible_among(db.session, viewer_of(db.session, signed_in_actor()), [member_id]))


@bp.route(f"/new/{MEMBER}", methods=["GET", "POST"])
@signed_in
def begin(member_id: int) -> ResponseReturnValue:
    """Write to somebody first."""
    place = _place_or_404(member_id)
    if place.conversation:
        return back_to(place.conversation)
    form = RequestForm()
    if request.method != "POST":
        form.begin(queries.draft_of(db.session, signed_in_actor().id, member_id))
        return _shown(member_id, place, form)
    if not form.complete(newcomer=place.newcomer and not place.rank):
        return _shown(member_id, place, form, INVALID)
    return _sent(member_id, place, form)


def _sent(member_id: int, place: Place, form: RequestForm) -> ResponseReturnValue:
    actor, now = signed_in_actor(), clock.now()
    most = tries.spend_request(actor, now, newcomer=place.newcomer)
    try:
        number = service.begin(
            db.session, by=actor.id, to=member_id, words=form.words(), most=most, staff=bool(place.rank), now=now
        )
    except (AskedAlready, TooManyWaiting) as problem:
        hang(form.text, problem)
        return _shown(member_id, place, form, problem.status)
    if place.rank:
        tries.note_staff(db.session, actor, member_id, now)
    flash(_("Your message is sent."), "done")
    return back_to(number)


@bp.post(f"/new/{MEMBER}/draft")
@signed_in
def begun(member_id: int) -> ResponseReturnValue:
    """Keep what is being written."""
    form, quiet = RequestForm(), request.headers.get("X-Requested-With") == "autosave"
    place = _place_or_404(member_id)
    form.validate()
    if form.text.errors and said(form.text):
        return ({"saved": False}, INVALID) if quiet else _shown(member_id, place, form, INVALID)
    talking.save_draft(
        db.session,
        member_id=signed_in_actor().id,
        other_id=member_id,
        text=said(form.text),
        token=form.own_token,
        now=clock.now(),
    )
    if quiet:
        return jsonify(saved=True)
    flash(_("Your draft is saved."), "done")
    return redirect(url_for("messages.begin", member_id=member_id), code=303)


def _shown(member_id: int, place: Place, form: RequestForm, status: int = 200) -> ResponseReturnValue:
    rank = str(RANKS[place.rank]) if place.rank else ""
    other = named(member_id)[member_id]
    return page("begin", status, form=form, member_id=member_id, other=other, rank=rank, place=place)


def _place_or_404(member_id: int) -> Place:
    place = _place(member_id)
    reveal(place is not None)
    assert place is not None
    return place


def _place(member_id: int) -> Place | None:
    """Where a message of whoever asks to this member goes; None when they may not write, nor know."""
    actor = signed_in_actor()
    with db.glance() as session:
        known = queries.between(session, actor.id, member_id)
        side = queries.side_of(session, known.id, actor.id) if known else None
        if known and side and side.box != GONE and known.state != CLOSED:
            return Place("", known.id, newcomer=False)
        rank = people.reaches_as_staff(session, actor, member_id)
        if not rank and not people.writable(session, viewer_of(session, actor), [member_id]):
            return None
        return Place(rank, 0, newcomer=tries.is_new(session, actor, clock.now()))
