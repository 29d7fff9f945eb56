"""Marks on posts: helpful, and the answer of a topic."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import marks, post_queries, tries
from alumni.forum.topics.post_queries import Seen
from alumni.forum.views.blueprint import NUMBER, bp

YES = "yes"


def _seen_or_404(number: int) -> Seen:
    seen = post_queries.seen_post(db.session, asker_of(db.session, signed_in_actor()), number)
    if seen is None:
        raise NotFound
    return seen


@bp.post(f"/p/{NUMBER}/helpful")
@signed_in
def mark_helpful(number: int) -> ResponseReturnValue:
    """Say that a post helped, or take that back."""
    actor = signed_in_actor()
    tries.spend(tries.MARKS, actor.id)
    seen = _seen_or_404(number)
    marks.mark_helpful(db.session, post=seen.post, by=actor.id, helpful=request.form.get("helpful") == YES)
    return redirect(url_for("forum.permalink", number=number), code=303)


@bp.post(f"/p/{NUMBER}/answer")
@signed_in
def accept(number: int) -> ResponseReturnValue:
    """Let a post be the answer, or no longer: whoever began the topic decides, and those who keep order."""
    seen, accepted = _seen_or_404(number), request.form.get("accepted") == YES
    mine = seen.topic.author_id == signed_in_actor().id
    require(seen.rights.keep_order or (mine and seen.rights.reply))
    marks.accept(db.session, post_id=number, accepted=accepted, now=clock.now())
    flash(_("This post is the answer now.") if accepted else _("The topic has no answer now."), "done")
    return redirect(url_for("forum.permalink", number=number), code=303)
