"""The first message to somebody."""

from dataclasses import dataclass

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
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
    """Where a first message would go: `rank` of who writes as staff, the number of what the two have already.

    `page` and `draft` are the addresses of the form and of keeping a draft. Members name each other by handle; by the
    number of an account only staff do, who know it from elsewhere: nobody can count or connect people by an address.
    """

    member_id: int
    page: str
    draft: str
    rank: str = ""
    conversation: int = 0
    newcomer: bool = False


@bp.route("/with/<handle>", methods=["GET", "POST"])
@signed_in
def to_handle(handle: str) -> ResponseReturnValue:
    """Write first to the member with this profile."""
    return _begin(_behind(handle))


@bp.post("/with/<handle>/draft")
@signed_in
def begun_to_handle(handle: str) -> ResponseReturnValue:
    """Keep what is being written to them."""
    return _begun(_behind(handle))


def _behind(handle: str) -> Place:
    """A handle leads to what the two have already, or to a profile that whoever asks sees."""
    with db.glance() as session:
        member_id = queries.member_with(session, handle) if may_be_handle(handle) else None
    urls = (url_for("messages.to_handle", handle=handle), url_for("messages.begun_to_handle", handle=handle))
    place = _place(member_id, *urls) if member_id is not None else None
    if place is None:
        raise NotFound
    with db.glance() as session:
        viewer = viewer_of(session, signed_in_actor())
        reveal(bool(place.conversation) or bool(visible_among(session, viewer, [place.member_id])))
    return place


@bp.route(f"/new/{MEMBER}", methods=["GET", "POST"])
@signed_in
def begin(member_id: int) -> ResponseReturnValue:
    """Write first to the member with this account, as staff."""
    return _begin(_with_account(member_id))


@bp.post(f"/new/{MEMBER}/draft")
@signed_in
def begun(member_id: int) -> ResponseReturnValue:
    """Keep what is being written to them."""
    return _begun(_with_account(member_id))


def _with_account(member_id: int) -> Place:
    reveal(signed_in_actor().is_staff)
    urls = (url_for("messages.begin", member_id=member_id), url_for("messages.begun", member_id=member_id))
    place = _place(member_id, *urls)
    if place is None or not (place.rank or place.conversation):
        raise NotFound
    return place


def _begin(place: Place) -> ResponseReturnValue:
    member_id = place.member_id
    if place.conversation:
        return back_to(place.conversation)
    form = RequestForm()
    if request.method != "POST":
        form.begin(queries.draft_of(db.session, signed_in_actor().id, member_id))
        return _shown(place, form)
    if not form.complete(newcomer=place.newcomer and not place.rank):
        return _shown(place, form, INVALID)
    return _sent(place, form)


def _sent(place: Place, form: RequestForm) -> ResponseReturnValue:
    actor, now, member_id = signed_in_actor(), clock.now(), place.member_id
    most = tries.spend_request(actor, now, newcomer=place.newcomer)
    try:
        number = service.begin(
            db.session, by=actor.id, to=member_id, words=form.words(), most=most, staff=bool(place.rank), now=now
        )
    except (AskedAlready, TooManyWaiting) as problem:
        hang(form.text, problem)
        return _shown(place, form, problem.status)
    if place.rank:
        tries.note_staff(db.session, actor, member_id, now)
    flash(_("Your message is sent."), "done")
    return back_to(number)


def _begun(place: Place) -> ResponseReturnValue:
    form, quiet = RequestForm(), request.headers.get("X-Requested-With") == "autosave"
    form.validate()
    if form.text.errors and said(form.text):
        return ({"saved": False}, INVALID) if quiet else _shown(place, form, INVALID)
    talking.save_draft(
        db.session,
        member_id=signed_in_actor().id,
        other_id=place.member_id,
        text=said(form.text),
        token=form.own_token,
        now=clock.now(),
    )
    if quiet:
        return jsonify(saved=True)
    flash(_("Your draft is saved."), "done")
    return redirect(place.page, code=303)


def _shown(place: Place, form: RequestForm, status: int = 200) -> ResponseReturnValue:
    rank = str(RANKS[place.rank]) if place.rank else ""
    other = named(place.member_id)[place.member_id]
    return page("begin", status, form=form, other=other, rank=rank, place=place)


def _place(member_id: int, page: str, draft: str) -> Place | None:
    """Where a message of whoever asks to this member goes; None when they may not write, nor know."""
    actor = signed_in_actor()
    with db.glance() as session:
        known = queries.between(session, actor.id, member_id)
        side = queries.side_of(session, known.id, actor.id) if known else None
        if known and side and side.box != GONE and known.state != CLOSED:
            return Place(member_id, page, draft, conversation=known.id)
        rank = people.reaches_as_staff(session, actor, member_id)
        if not rank and not people.writable(session, viewer_of(session, actor), [member_id]):
            return None
        return Place(member_id, page, draft, rank, newcomer=tries.is_new(session, actor, clock.now()))
