"""Keeping the index: the worker puts new posts in, and takes out what nobody may read any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from alumni.forum.finding.models import TEXTS
from alumni.forum.topics.models import Post, Topic


def put(session: Session, posts: Sequence[Post], now: datetime) -> None:
    """Let these posts be found: a step of settling."""
    del now
    theirs = {post.topic_id for post in posts}
    found = select(Topic.id, Topic.title, Topic.behind_doors).where(Topic.id.in_(theirs))
    topics = {row.id: row for row in session.execute(found)}
    texts: dict[int, tuple[str, str]] = {}
    for post in posts:
        topic = topics[post.topic_id]
        if not (topic.behind_doors or post.deed):
            texts[post.id] = (topic.title if post.number == 1 else "", post.text)
    TEXTS.put(session, texts)


def take_out(session: Session, posts: Sequence[Post], now: datetime) -> None:
    """Let these posts be found no more: what settling does with posts that are not shown."""
    del now
    TEXTS.forget(session, [post.id for post in posts])


def forget(session: Session, member_id: int) -> None:
    """Take out what a member wrote who goes."""
    TEXTS.forget(session, session.scalars(select(Post.id).where(Post.author_id == member_id)).all())
