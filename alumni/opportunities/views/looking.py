"""Find an opportunity, look at it, save it; what to watch out for."""

from datetime import UTC, datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from academy import clock, db
from academy.countries import named
from academy.i18n import OWN_NAMES
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import signed_in
from academy.web.paging import LARGEST
from alumni.opportunities import queries, service, showing
from alumni.opportunities.forms import ListForm
from alumni.opportunities.queries import ALL, MINE, SAVED, Found, Wish
from alumni.opportunities.views.blueprint import NUMBER, bp, page, seen_or_404
from alumni.opportunities.words import DEADLINES, KINDS
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import is_of_the_network, viewer_of


@bp.get("/alumni/opportunities/")
@signed_in
def index() -> ResponseReturnValue:
    """Opportunities that are open, those I saved, those I posted."""
    actor, now = signed_in_actor(), clock.now()
    wish = _wish(actor)
    found = queries.listed(db.session, actor, wish, now)
    shown = found[: queries.PAGE]
    return page(
        "index",
        wish=wish,
        tabs=_tabs(actor, wish.place),
        rows=[showing.row(each, now) for each in shown],
        may_post=is_of_the_network(actor),
        filters=_filters(wish),
        active=sum(map(bool, (wish.kind, wish.country, wish.language, wish.days))),
        more=_address(wish, shown[-1]) if len(found) > queries.PAGE else "",
        first=_address(wish) if wish.after else "",
    )


def _wish(actor: Actor) -> Wish:
    asked = request.args
    places = (ALL, SAVED, MINE) if is_of_the_network(actor) else (ALL, SAVED)
    place = asked.get("place", ALL)
    days = asked.get("days", "")
    return Wish(
        place if place in places else ALL,
        asked.get("kind", "") if asked.get("kind") in KINDS else "",
        asked.get("country", "") if named(asked.get("country", "")) else "",
        asked.get("language", "") if asked.get("language") in OWN_NAMES else "",
        int(days) if days in DEADLINES else 0,
        _position(asked.get("after", "")),
    )


def _position(text: str) -> tuple[datetime, int] | None:
    moment, _comma, number = text.partition("_")
    try:
        at, last = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
    return (at, last) if at.tzinfo is UTC and 0 <= last <= LARGEST else None


def _address(wish: Wish, last: Found | None = None) -> str:
    after = f"{last.row.closes_at:%Y-%m-%dT%H:%M:%S.%fZ}_{last.row.id}" if last else None
    return url_for(
        "opportunities.index",
        place=wish.place if wish.place != ALL else None,
        kind=wish.kind or None,
        country=wish.country or None,
        language=wish.language or None,
        days=wish.days or None,
        after=after,
    )


def _tabs(actor: Actor, current: str) -> list[dict[str, object]]:
    named_places = [(ALL, _("Open now")), (SAVED, _("Saved"))]
    if is_of_the_network(actor):
        named_places.append((MINE, _("Posted by me")))
    return [
        {"label": label, "url": _address(Wish(place)), "current": place == current} for place, label in named_places
    ]


def _filters(wish: Wish) -> list[Field]:
    days = str(wish.days) if wish.days else ""
    form = ListForm(None, place=wish.place, kind=wish.kind, country=wish.country, language=wish.language, days=days)
    form.offer()
    return [form.place, form.kind, form.country, form.language, form.days]


@bp.get(f"/alumni/opportunities/<{NUMBER}:number>")
@signed_in
def show(number: int) -> ResponseReturnValue:
    """One opportunity."""
    found, actor, now = seen_or_404(number), signed_in_actor(), clock.now()
    poster = found.row.poster_id or 0
    people = bylines(db.session, viewer_of(db.session, actor), [poster])
    return page("show", shown=showing.shown(found, now), poster=people[poster], is_mine=poster == actor.id, now=now)


@bp.get("/alumni/opportunities/safety")
@signed_in
def safety() -> ResponseReturnValue:
    """What false offers look like, and what to do."""
    return page("safety")


@bp.post(f"/alumni/opportunities/<{NUMBER}:number>/save")
@signed_in
def save(number: int) -> ResponseReturnValue:
    """Keep it on my list."""
    found = seen_or_404(number)
    service.save(db.session, member_id=signed_in_actor().id, number=found.row.id, now=clock.now())
    flash(_("Saved. We remind you three days before it closes."), "done")
    return redirect(url_for("opportunities.show", number=number), code=303)


@bp.post(f"/alumni/opportunities/<{NUMBER}:number>/unsave")
@signed_in
def unsave(number: int) -> ResponseReturnValue:
    """Take it off my list."""
    found = seen_or_404(number)
    service.unsave(db.session, member_id=signed_in_actor().id, number=found.row.id)
    flash(_("It is no longer on your list."), "done")
    return redirect(url_for("opportunities.show", number=number), code=303)
