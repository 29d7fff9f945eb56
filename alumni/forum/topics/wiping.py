"""The words of deleted posts go for good once they can no longer come back."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy import db
from academy.jobs.registry import Values
from alumni.forum.topics import attachments
from alumni.forum.topics.editing_rules import COMES_BACK
from alumni.forum.topics.models import Helpful, Post, PostEdit, State, Topic
from alumni.moderation.models import OPEN, Case

REPORTED_AS = "forum_post"
"""What moderation calls a post: of what a case is open, nothing goes."""
SOME = 200


def wipe(_values: Values, now: datetime) -> None:
    """Delete the words of posts that were deleted a day ago, some in each transaction."""
    while _some_go(now):
        pass


def _some_go(now: datetime) -> bool:
    with db.the_database().transaction() as session:
        found = _past_their_time(session, now)
        gone = update(Post).where(Post.id.in_(found))
        session.execute(gone.values(text="", html="", warning="", files=0, helpful=0, deleted_at=None, settled_at=None))
        for table in (PostEdit, Helpful):
            session.execute(delete(table).where(table.post_id.in_(found)))
        attachments.drop_of(session, found)
        begun = select(Post.topic_id).where(Post.id.in_(found), Post.number == 1)
        titles = update(Topic).where(Topic.id.in_(begun), Topic.state == State.DELETED).values(title="")
        session.execute(titles, execution_options={"synchronize_session": False})
    return len(found) == SOME


def _past_their_time(session: Session, now: datetime) -> list[int]:
    case = select(Case.id).where(Case.kind == REPORTED_AS, Case.number == Post.id, Case.state == OPEN)
    old = select(Post.id).where(Post.deleted_at <= now - COMES_BACK, ~case.exists())
    return list(session.scalars(old.order_by(Post.deleted_at).limit(SOME)))
