"""The page of the search."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from academy import db, search
from academy.people.actor import current_actor
from academy.people.guards import public
from academy.searching import sources
from academy.web.forms import tidy_line
from academy.web.limits import Limit, client, spend

bp = Blueprint("searching", __name__)
LONGEST = 200
SEARCHES = Limit("search", times=60, seconds=600)


@bp.get("/search")
@public
def results() -> ResponseReturnValue:
    """What there is for the words that were typed, by kind."""
    typed, actor = (tidy_line(request.args.get("q")) or "")[:LONGEST], current_actor()
    asked = search.asked(typed)
    if asked:
        spend(SEARCHES, actor.id if actor else client())
    parts = sources.look(db.session, actor, typed) if asked else []
    return render_template("academy/searching/results.html", typed=typed, asked=bool(asked), parts=parts)
