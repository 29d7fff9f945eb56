"""Come or stay away; who comes, for those who hold the event."""

from collections.abc import Iterable, Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people import marks
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web import limits
from academy.web.limits import Limit
from alumni.events import guest_queries, seats
from alumni.events.listing import people_of
from alumni.events.making_views import back_to, standing_for
from alumni.events.models import ASKED, GOING, WAITING
from alumni.events.standing import standing_of
from alumni.events.views import NUMBER, bp

ANSWERS = Limit("events.answers", 60, 3600)


@bp.post(f"/alumni/events/{NUMBER}/answer")
@signed_in
def answer(number: int) -> ResponseReturnValue:
    """Say that one comes, or that one does not."""
    actor, now = signed_in_actor(), clock.now()
    limits.spend(ANSWERS, actor.id)
    standing_of(db.session, actor, number, now)
    if request.form.get("answer") == "come":
        state = seats.come(db.session, event_id=number, member_id=actor.id, now=now)
        flash(_said(state), "done")
    else:
        seats.stay_away(db.session, event_id=number, member_id=actor.id, now=now)
        flash(_("You stay away. You can change your mind until it begins."), "done")
    return back_to(number)


def _said(state: str) -> str:
    if state == GOING:
        return _("You have a place. Where it is stands on this page.")
    if state == WAITING:
        return _("All seats are taken. You are on the waiting list and will be told when one is free.")
    return _("The hosts are asked. You will be told when they decide.")


@bp.get(f"/alumni/events/{NUMBER}/guests")
@signed_in
def guests(number: int) -> ResponseReturnValue:
    """Who goes, who waits and who asked: for hosts."""
    standing = standing_for(number)
    shown = request.args.get("show", "")
    counts = guest_queries.how_many(db.session, number)
    state = shown if shown in {GOING, WAITING, ASKED} else ASKED if counts.get(ASKED) else GOING
    last = _behind(number, [request.args["after"]]) if "after" in request.args else []
    found = guest_queries.guests_in(db.session, number, state, last[0] if last else None)
    after = marks.mark(_here(number), found.guests[-1].member_id) if found.more else None
    return render_template(
        "alumni/events/guests.html",
        event=standing.event,
        state=state,
        tabs=_tabs(number, state, counts),
        people=people_of(db.session, standing.sight, found.guests),
        mark=partial(marks.mark, _here(number)),
        older=url_for("events.guests", number=number, show=state, after=after) if after else "",
        begun=standing.event.has_begun(standing.now),
        came=guest_queries.how_many_came(db.session, number),
    )


def _tabs(number: int, current: str, counts: Mapping[str, int]) -> list[dict[str, object]]:
    named = ((ASKED, _("Asked to come")), (GOING, _("Go")), (WAITING, _("Wait for a seat")))
    return [
        {
            "label": label,
            "url": url_for("events.guests", number=number, show=which),
            "current": which == current,
            "count": counts.get(which, 0),
        }
        for which, label in named
    ]


@bp.post(f"/alumni/events/{NUMBER}/guests/<mark>")
@signed_in
def decide_guest(number: int, mark: str) -> ResponseReturnValue:
    """Let somebody in who asked, or take their place away."""
    standing = standing_for(number)
    accepted, found = "accept" in request.form, _behind(number, [mark])
    reveal(bool(found))
    seats.decide(db.session, event_id=number, member_id=found[0], accepted=accepted, now=standing.now)
    flash(_("They are told.") if accepted else _("They have no place, and are told."), "done")
    return redirect(url_for("events.guests", number=number), code=303)


def _here(number: int) -> str:
    return f"event:{number}"


def _behind(number: int, given: Iterable[str]) -> list[int]:
    """The guests whom these marks stand for."""
    return marks.behind(_here(number), given, guest_queries.numbers_of(db.session, number))


@bp.post(f"/alumni/events/{NUMBER}/came")
@signed_in
def came(number: int) -> ResponseReturnValue:
    """Note who of those on one page of the list was there."""
    standing = standing_for(number)
    listed, there = (_behind(number, request.form.getlist(name)) for name in ("listed", "came"))
    seats.tick(db.session, event=standing.event, listed=listed, came=there, now=standing.now)
    flash(_("Noted."), "done")
    return redirect(url_for("events.guests", number=number, show=GOING), code=303)
