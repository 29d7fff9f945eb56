"""Reading a topic, and the permanent address of a post."""

from flask import redirect
from flask.typing import ResponseReturnValue

from academy import db
from academy.people.guards import public
from alumni.forum.topics import post_queries
from alumni.forum.views import topic_page
from alumni.forum.views.addresses import post_path
from alumni.forum.views.arriving import is_told_of, was_read
from alumni.forum.views.blueprint import NUMBER, bp, lost, the_asker, topic_or_404
from alumni.forum.views.page_ways import path_of, slug_in

AT = "<int(max=999999999):at>"


@bp.get(f"/t/{NUMBER}")
@bp.get(f"/t/{NUMBER}/<slug>")
@bp.get(f"/t/{NUMBER}/<slug>/{AT}")
@public
def topic(number: int, slug: str = "", at: int = 1) -> ResponseReturnValue:
    """A topic, at the page with the post of this number; any other spelling of its title leads to the right one."""
    found = topic_or_404(number, at)
    thread = found.thread
    if thread.merged_into is not None:
        return redirect(path_of(topic_or_404(thread.merged_into).thread), code=301)
    if slug != slug_in(thread) or at > max(thread.last_number, 1):
        return redirect(path_of(thread, min(at, thread.last_number)), code=301)
    if found.asker.actor is None:
        return topic_page.for_visitors(found)
    here = topic_page.here_of(found)
    is_told_of(found.asker, thread)
    answer = topic_page.answered(here)
    was_read(found.asker, here)
    return answer


@bp.get(f"/p/{NUMBER}")
@public
def permalink(number: int) -> ResponseReturnValue:
    """Where a post is now, wherever it was moved."""
    asker = the_asker()
    spot = post_queries.spot_of(db.session, asker, number)
    if spot is None:
        raise lost(asker)
    return redirect(post_path(spot.topic_id, spot.title, spot.number, behind_doors=spot.behind_doors))
