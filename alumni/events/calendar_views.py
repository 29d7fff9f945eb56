"""Events in calendars: one as a file, all of one's own by a secret link."""

from collections.abc import Collection

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.current import the_settings
from academy.errors import NotFound
from academy.i18n import current_language
from academy.i18n import gettext as _
from academy.later import later
from academy.mail.writing import public_url
from academy.people.actor import signed_in_actor
from academy.people.guards import public, reveal, signed_in
from academy.web import limits
from academy.web.limits import Limit
from alumni.events import feeds, queries
from alumni.events.calendar_entries import Entry
from alumni.events.standing import standing_of
from alumni.events.views import NUMBER, bp

FETCHED = Limit("events.calendars", 120, 3600)
UNKNOWN = Limit("events.unknown-calendars", 60, 3600)
_written = later("alumni.events.calendar:written")


def _file(entries: Collection[Entry]) -> Response:
    settings = the_settings()
    place = settings.public_url.partition("://")[2].partition("/")[0].partition(":")[0]
    content = _written(entries, name=settings.name, place=place, language=current_language().code)
    response = Response(content, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get(f"/alumni/events/{NUMBER}/event.ics")
@signed_in
def calendar_file(number: int) -> ResponseReturnValue:
    """One event for the calendar of somebody who goes to it."""
    standing = standing_of(db.session, signed_in_actor(), number, clock.now())
    reveal(standing.in_calendars)
    response = _file([feeds.entry_of(standing.event, certain=True)])
    response.headers["Content-Disposition"] = f'attachment; filename="event-{number}.ics"'
    return response


@bp.route("/alumni/events/calendar", methods=["GET", "POST"])
@signed_in
def calendar() -> ResponseReturnValue:
    """The link by which one's own calendar fetches one's events: make it, renew it, end it."""
    actor = signed_in_actor()
    if request.method == "POST":
        if "end" in request.form:
            feeds.end(db.session, member_id=actor.id)
            flash(_("The link leads nowhere any more."), "done")
        else:
            feeds.renew(db.session, member_id=actor.id, now=clock.now())
            flash(_("Here is your new link. An older one leads nowhere any more."), "done")
        return redirect(url_for("events.calendar"), code=303)
    feed = queries.feed_of(db.session, actor.id)
    link = public_url("events.feed", token=feeds.token_of(feed)) if feed else ""
    return render_template("alumni/events/calendar.html", link=link, feed=feed)


@bp.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """What the owner of this link goes to, waits for or holds."""
    number = feeds.number_in(token)
    limits.spend(*((UNKNOWN, limits.client()) if number is None else (FETCHED, number)))
    entries = feeds.entries(db.session, token, clock.now())
    if entries is None:
        raise NotFound
    return _file(entries)
