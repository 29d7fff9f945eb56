"""The history of a post: what it said before each change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from alumni.forum.places.asking import Asker, asker_of
from alumni.forum.topics import comparing, post_queries
from alumni.forum.topics.comparing import Row
from alumni.forum.topics.models import PostEdit, State
from alumni.forum.topics.post_queries import Seen
from alumni.forum.views.blueprint import NUMBER, bp, page
from alumni.profiles.queries import Byline, named

MOST = 50
"""The latest so many changes are compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change: who made it (None behind closed doors), why, the title before it, and what it did to the words."""

    by: Byline | None
    at: datetime
    reason: str
    title: str
    rows: list[Row]


@bp.get(f"/p/{NUMBER}/history")
@signed_in
def history(number: int) -> ResponseReturnValue:
    """What a post said before, change by change, the latest first."""
    asker = asker_of(db.session, signed_in_actor())
    seen = post_queries.seen_post(db.session, asker, number)
    if seen is None or (seen.post.state != State.SHOWN and not seen.rights.keep_order):
        raise NotFound
    edits = post_queries.edits_of(db.session, number)
    return page("history", seen=seen, changes=_changes(asker, seen, edits[-MOST:]))


def _changes(asker: Asker, seen: Seen, edits: Sequence[PostEdit]) -> list[Change]:
    names = {} if seen.topic.behind_doors else named(db.session, asker.viewer, {each.editor_id for each in edits})
    after = [*(each.text for each in edits[1:]), seen.post.text]
    return [
        Change(
            by=names.get(each.editor_id),
            at=each.edited_at,
            reason=each.reason,
            title=each.title,
            rows=comparing.compared(each.text, later),
        )
        for each, later in zip(edits, after, strict=True)
    ][::-1]
