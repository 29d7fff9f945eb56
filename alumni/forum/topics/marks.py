"""Marks that members put on posts: helpful, and the answer of a topic."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.db import rows
from academy.dialects import insert_into
from academy.jobs import pokes
from alumni.forum.topics.editing import held
from alumni.forum.topics.models import Helpful, Post, State
from alumni.forum.topics.refusals import CannotBeChanged, NotYours
from alumni.forum.topics.service import SETTLE


def mark_helpful(session: Session, *, post: Post, by: int, helpful: bool) -> None:
    """Say that a post helped, or no longer; twice is once. Raises NotYours, or CannotBeChanged."""
    if post.author_id == by:
        raise NotYours
    if post.state != State.SHOWN:
        raise CannotBeChanged
    changed = _added(session, post.id, by) if helpful else _removed(session, post.id, by)
    if changed:
        count = update(Post).where(Post.id == post.id).values(helpful=Post.helpful + (1 if helpful else -1))
        session.execute(count, execution_options={"synchronize_session": False})


def _added(session: Session, post_id: int, by: int) -> bool:
    new = insert_into(Helpful, session.get_bind()).values(post_id=post_id, member_id=by)
    return bool(rows(session, new.on_conflict_do_nothing().returning(Helpful.post_id)).all())


def _removed(session: Session, post_id: int, by: int) -> bool:
    gone = delete(Helpful).where(Helpful.post_id == post_id, Helpful.member_id == by)
    return bool(rows(session, gone.returning(Helpful.post_id)).all())


def accept(session: Session, *, post_id: int, accepted: bool, now: datetime) -> None:
    """Let a post be the answer of its topic, or no longer; there is one at most. Raises CannotBeChanged."""
    del now
    topic, post = held(session, post_id)
    if post.number == 1 or post.state != State.SHOWN:
        raise CannotBeChanged
    if not accepted and topic.answer_id != post.id:
        return
    touched = {post.id, topic.answer_id} - {None}
    topic.answer_id = post.id if accepted else None
    topic.version += 1
    session.execute(update(Post).where(Post.id.in_(touched)).values(settled_at=None))  # the search ranks answers first
    pokes.after_commit(SETTLE)
