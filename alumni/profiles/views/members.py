"""A member's page, for whoever may see their name; to all others it does not exist."""

from flask import render_template
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.people.actor import current_actor
from academy.people.guards import public
from alumni.profiles import parts, queries
from alumni.profiles.viewers import viewer_of
from alumni.profiles.views.blueprint import bp


@bp.get("/alumni/members/<handle>")
@public
def show(handle: str) -> ResponseReturnValue:
    """What this member shows to whoever asks."""
    actor = current_actor()
    viewer = viewer_of(db.session, actor)
    member_id = queries.member_behind(db.session, viewer, handle)
    if member_id is None:
        raise NotFound
    person = queries.bylines(db.session, viewer, [member_id])[member_id]
    acts = parts.acts_about(db.session, viewer, actor, (member_id, handle))
    return render_template("alumni/profiles/show.html", person=person, acts=acts)
