"""A member's page, for whoever may see their name; to all others it does not exist."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.people.actor import current_actor, signed_in_actor
from academy.people.guards import public, signed_in
from academy.uploads import store
from alumni.profiles import parts, photos, queries
from alumni.profiles.sheets import sheet
from alumni.profiles.viewers import VISITOR, viewer_of
from alumni.profiles.views.blueprint import bp


@bp.get("/alumni/members/<handle>")
@public
def show(handle: str) -> ResponseReturnValue:
    """What this member shows to whoever asks; a former handle leads to the present one."""
    actor = current_actor()
    viewer = viewer_of(db.session, actor)
    member_id = queries.member_behind(db.session, viewer, handle)
    drawn = sheet(db.session, viewer, member_id) if member_id else None
    if member_id is None or drawn is None:
        present = queries.member_formerly_behind(db.session, viewer, handle)
        if not present:
            raise NotFound
        return redirect(url_for("profiles.show", handle=present))
    acts = parts.acts_about(db.session, viewer, actor, (member_id, handle))
    own = actor is not None and actor.id == member_id
    return render_template("alumni/profiles/show.html", sheet=drawn, acts=acts, own=own)


@bp.get("/alumni/members/<handle>/report")
@signed_in
def report(handle: str) -> ResponseReturnValue:
    """To the page on which a profile is reported."""
    viewer = viewer_of(db.session, signed_in_actor())
    member_id = queries.member_behind(db.session, viewer, handle)
    if member_id is None:
        raise NotFound
    return redirect(url_for("moderation.report", kind="profile", number=handle))


@bp.get("/alumni/members/<handle>/photo/<digest>/<any({names}):name>".format(names=", ".join(map(repr, photos.NAMES))))
@public
def photo(handle: str, digest: str, name: str) -> ResponseReturnValue:
    """A file of somebody's photo, for whoever may see it."""
    viewer = viewer_of(db.session, current_actor())
    upload = queries.photo_of(db.session, viewer, handle, digest, name)
    if upload is None:
        raise NotFound
    response = Response(store.read(upload.place), mimetype=upload.media_type)
    response.content_length = upload.size
    response.headers["X-Robots-Tag"] = "noindex"
    if queries.photo_of(db.session, VISITOR, handle, digest, name) is None:
        response.headers["Cache-Control"] = "private, no-store"
        return response
    response.headers["Cache-Control"] = "private, no-cache"  # asked for each time: whoever hides is hidden at once
    response.set_etag(upload.digest)
    return response.make_conditional(request)
