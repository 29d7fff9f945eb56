"""Events: lists, and the page of one."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.markdown import kept
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import signed_in
from academy.web.paging import ROW, row_number
from alumni.events import guest_queries, hosts, queries, reporting, rules, words
from alumni.events.forms import ListForm
from alumni.events.listing import guests_shown, rows_of
from alumni.events.models import WAITING, Event
from alumni.events.queries import MINE, PAST, TO_DECIDE, UPCOMING, Found, Wanted
from alumni.events.sight import sight_of
from alumni.events.standing import Standing, standing_of
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import is_of_the_network
from alumni.profiles.words import own_names

bp = Blueprint("events", __name__)
NUMBER = f"<{ROW}:number>"


@bp.get("/alumni/events")
@signed_in
def index() -> ResponseReturnValue:
    """Events that somebody may see: what is to come, what was, their own, and for some what they decide about."""
    actor, now, form = signed_in_actor(), clock.now(), ListForm(request.args)
    form.validate()
    wanted = Wanted(
        _which(actor),
        "" if form.form.errors else form.form.data,
        "" if form.language.errors else form.language.data,
        after=request.args.get("after", type=row_number),
    )
    sight = sight_of(db.session, actor)
    found = queries.page_of(db.session, sight, wanted, now)
    return render_template(
        "alumni/events/index.html",
        which=wanted.which,
        tabs=_tabs(actor, wanted.which),
        rows=rows_of(db.session, sight, found.events, now),
        form=form,
        narrowed=bool(wanted.form) + bool(wanted.language),
        older=_older(wanted, found),
        may_propose=is_of_the_network(actor),
    )


def _older(wanted: Wanted, found: Found) -> str:
    if not found.more:
        return ""
    kept: dict[str, Any] = {"form": wanted.form or None, "language": wanted.language or None}
    return url_for("events.index", show=wanted.which, after=found.events[-1].id, **kept)


def _which(actor: Actor) -> str:
    which = request.args.get("show", UPCOMING)
    known = {UPCOMING, PAST, MINE, *([TO_DECIDE] if actor.is_moderator else [])}
    return which if which in known else UPCOMING


def _tabs(actor: Actor, current: str) -> list[dict[str, object]]:
    named = [(UPCOMING, _("To come")), (MINE, _("My events")), (PAST, _("Past"))]
    if actor.is_moderator:
        named.append((TO_DECIDE, _("To decide")))
    return [
        {"label": label, "url": url_for("events.index", show=which), "current": which == current}
        for which, label in named
    ]


@bp.get(f"/alumni/events/{NUMBER}")
@signed_in
def show(number: int) -> ResponseReturnValue:
    """One event, as far as somebody may see it."""
    return _page(standing_of(db.session, signed_in_actor(), number, clock.now()))


def _belongs_to(event: Event) -> str:
    pair = (event.host_kind, event.host_key)
    return hosts.names_of(db.session, [pair]).get(pair, "")


def _page(standing: Standing) -> str:
    event, guest, sight = standing.event, standing.guest, standing.sight
    named = bylines(db.session, sight.viewer, standing.holders)
    files = guest_queries.files_of(db.session, event.id) if standing.may_read_notes else []
    listed = guests_shown(db.session, sight, event.id) if standing.sees_guests else None
    values = {
        "standing": standing,
        "event": event,
        "times": words.times(event),
        "text": kept(event.text_html),
        "notes": kept(event.notes_html),
        "leaf": words.leaf(event),
        "where": words.where(event),
        "state": words.state_of(event, standing.answer, standing.now),
        "room": words.ROOMS[rules.room(event.seats, event.going)],
        "languages": own_names(queries.languages_of(db.session, [event.id])[event.id]),
        "hosts": [named[each] for each in standing.holders],
        "belongs_to": _belongs_to(event),
        "line": guest_queries.place_in_line(db.session, guest) if guest and guest.state == WAITING else 0,
        "counts": guest_queries.how_many(db.session, event.id) if standing.holds else {},
        "listed": listed,
        "files": files,
        "case": reporting.case_of(db.session, event) if standing.may_decide else "",
    }
    return render_template("alumni/events/show.html", **values)
