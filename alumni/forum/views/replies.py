"""The posts that answer one: a page of them, or, for a script, only what unfolds below the post."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from academy import db
from academy.people.actor import current_actor
from academy.people.guards import public
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import post_queries, queries
from alumni.forum.views import post_lines
from alumni.forum.views.blueprint import NUMBER, bp, lost, page, topic_or_404

UNFOLD = "unfold"


@bp.get(f"/p/{NUMBER}/replies")
@public
def replies(number: int) -> ResponseReturnValue:
    """What others answered to a post."""
    asker = asker_of(db.session, current_actor())
    seen = post_queries.seen_post(db.session, asker, number)
    if seen is None:
        raise lost(asker)
    found = topic_or_404(seen.topic.id)
    answers = post_lines.lines_of(found, queries.answers_to(db.session, found.asker, seen.topic.id, number))
    there = [each for each in answers if not each.gone]
    if request.headers.get("X-Requested-With") == UNFOLD:
        return render_template("alumni/forum/_unfolded.html", answers=there)
    return page("replies", seen=seen, answers=there)
