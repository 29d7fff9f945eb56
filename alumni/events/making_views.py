"""Propose, change and cancel an event; open or refuse what was proposed; who holds it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, zones
from academy.errors import DomainError
from academy.i18n import current_language
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import signed_in_actor
from academy.people.forms import ZONES
from academy.people.guards import require, reveal, signed_in
from academy.web import limits
from academy.web.forms import hang, said, whole
from academy.web.limits import Limit
from alumni.blocks.queries import apart_from
from alumni.events import hosting, queries, service
from alumni.events import hosts as host_kinds
from alumni.events.forms import CancelForm, EventForm, HostForm, as_typed
from alumni.events.models import PROPOSED, Event
from alumni.events.standing import Standing, standing_of
from alumni.events.views import NUMBER, bp
from alumni.moderation.newcomers import is_newcomer
from alumni.moderation.silence import let_write
from alumni.profiles.listed import listed
from alumni.profiles.queries import Byline, bylines, member_behind
from alumni.profiles.viewers import is_of_the_network

MADE = Limit("events.made", 20, 24 * 3600)
CHANGES = Limit("events.changes", 40, 3600)
INVALID = 422
THANKS = _l("Thank you. Somebody who looks after the network reads it first.")


def back_to(number: int) -> ResponseReturnValue:
    """The page of an event after something was done."""
    return redirect(url_for("events.show", number=number), code=303)


def standing_for(number: int) -> Standing:
    """How whoever asks stands to the event, as one of its hosts."""
    standing = standing_of(db.session, signed_in_actor(), number, clock.now())
    require(standing.holds)
    return standing


@bp.route("/alumni/events/new", methods=["GET", "POST"])
@signed_in
def make() -> ResponseReturnValue:
    """Propose an event for the network, one's cohort or a group."""
    actor, now = signed_in_actor(), clock.now()
    reveal(is_of_the_network(actor))
    if request.method == "POST":
        limits.spend(MADE, actor.id)
    _refuse_the_silenced()
    home = zones.current().key
    usual = {
        "time_zone": home if home in ZONES else "UTC",
        "languages": [current_language().code],
        "belongs_to": request.args.get("for", ""),
    }
    form = EventForm(data=usual)
    form.offer(host_kinds.offers_of(db.session, actor))
    if not form.validate_on_submit() or not form.fits(None):
        return _form_page("alumni/events/make.html", form)
    waits = _waits(form.host())
    event = service.propose(db.session, facts=form.facts(), host=form.host(), by=actor, waits=waits, now=now)
    flash(THANKS if waits else _("Your event is there."), "done")
    return back_to(event.id)


def _refuse_the_silenced() -> None:
    if request.method == "POST":
        let_write(db.session, signed_in_actor().id, clock.now())


def _form_page(template: str, form: EventForm, **values: object) -> ResponseReturnValue:
    return render_template(template, form=form, **values), INVALID if form.errors else 200


@bp.route(f"/alumni/events/{NUMBER}/change", methods=["GET", "POST"])
@signed_in
def change(number: int) -> ResponseReturnValue:
    """Change an event; those who answered to it are told what is new."""
    if request.method == "POST":
        limits.spend(CHANGES, signed_in_actor().id)
    _refuse_the_silenced()
    event = standing_for(number).event
    form = EventForm(data=as_typed(event, queries.languages_of(db.session, [number])[number]))
    pair = (event.host_kind, event.host_key)
    form.offer({pair: host_kinds.names_of(db.session, [pair]).get(pair, "")})
    if not form.validate_on_submit() or not form.fits(event) or not _changed(event, form):
        return _form_page("alumni/events/change.html", form, event=event)
    saved = _("Saved. Those who answered are told if the time or the place is new.")
    flash(THANKS if event.state == PROPOSED else saved, "done")
    return back_to(number)


def _waits(pair: tuple[str, str]) -> bool:
    """Whether moderators read first what this member writes of an event of this thing."""
    newcomer = is_newcomer(db.session, signed_in_actor().id, clock.now())
    return newcomer and not host_kinds.is_hidden(db.session, pair)


def _changed(event: Event, form: EventForm) -> bool:
    try:
        service.change(
            db.session,
            event_id=event.id,
            facts=form.facts(),
            version=whole(form.version),
            waits=_waits((event.host_kind, event.host_key)),
            now=clock.now(),
        )
    except service.SeatsTaken as problem:
        hang(form.seats, problem)
        return False
    except DomainError as problem:
        hang(form.title, problem)
        return False
    return True


@bp.route(f"/alumni/events/{NUMBER}/cancel", methods=["GET", "POST"])
@signed_in
def cancel(number: int) -> ResponseReturnValue:
    """Cancel an event, after asking."""
    form, standing = CancelForm(), standing_of(db.session, signed_in_actor(), number, clock.now())
    require(standing.holds or standing.looks_after)
    if said(form.reason).strip():
        _refuse_the_silenced()
    if request.method != "POST" or not form.validate_on_submit():
        return render_template(
            "alumni/events/cancel.html", event=standing.event, form=form
        ), INVALID if form.errors else 200
    service.cancel(db.session, event_id=number, reason=said(form.reason), by=signed_in_actor(), now=clock.now())
    flash(_("The event is cancelled, and those who answered are told."), "done")
    return back_to(number)


@bp.route(f"/alumni/events/{NUMBER}/hosts", methods=["GET", "POST"])
@signed_in
def hosts(number: int) -> ResponseReturnValue:
    """Who holds an event; ask somebody to hold it too."""
    if request.method == "POST":
        limits.spend(CHANGES, signed_in_actor().id)
    standing, form = standing_for(number), HostForm()
    if form.validate_on_submit() and _asked(standing, form):
        flash(_("They are asked. As soon as they say yes, they are named as hosts."), "done")
        return redirect(url_for("events.hosts", number=number), code=303)
    people = _hosts_named(standing)
    values = {"event": standing.event, "people": people, "standing": standing, "form": form}
    return render_template("alumni/events/hosts.html", **values), INVALID if form.errors else 200


def _hosts_named(standing: Standing) -> list[tuple[Byline, bool]]:
    """Hosts, and whether they said yes; whoever was only asked is named to those alone who may see the name."""
    viewer = standing.sight.viewer
    asked = listed(db.session, viewer, [each.member_id for each in standing.hosts if each.since is None])
    named = asked | bylines(db.session, viewer, standing.holders)
    return [(named[each.member_id], each.since is not None) for each in standing.hosts]


def _asked(standing: Standing, form: HostForm) -> bool:
    other = member_behind(db.session, standing.sight.viewer, said(form.handle).rpartition("/")[2])
    if other is not None and apart_from(db.session, standing.sight.actor.id, [other]):
        other = None
    try:
        hosting.ask(db.session, event=standing.event, member_id=other, now=standing.now)
    except DomainError as problem:
        hang(form.handle, problem)
        return False
    return True


@bp.post(f"/alumni/events/{NUMBER}/hosting")
@signed_in
def hosting_answer(number: int) -> ResponseReturnValue:
    """Say yes to holding an event, step back from it, or take on one that nobody holds."""
    actor, now, act = signed_in_actor(), clock.now(), request.form.get("act", "")
    standing = standing_of(db.session, actor, number, now)
    if act == "take":
        require(standing.looks_after)
        hosting.take_on(db.session, event=standing.event, by=actor, now=now)
        flash(_("You hold this event now."), "done")
    elif act == "agree":
        require(standing.is_asked_to_hold or standing.holds)
        hosting.agree(db.session, event=standing.event, member_id=actor.id, now=now)
        flash(_("You hold this event now."), "done")
    else:
        require(standing.is_asked_to_hold or standing.holds)
        hosting.step_back(db.session, event=standing.event, member_id=actor.id, now=now)
        flash(_("You do not hold this event."), "done")
        return redirect(url_for("events.index"), code=303)
    return back_to(number)
