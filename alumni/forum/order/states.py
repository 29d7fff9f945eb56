"""Showing, hiding and removing posts: the one place where a post's state changes by the hand of somebody else.

A topic lives and hides with its first post. Whatever changes here, the counts and the last post of the topic follow,
and the worker puts the post into the search anew, or takes it out.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.jobs import pokes
from alumni.forum.topics.models import Post, State, Topic
from alumni.forum.topics.rules import brought_in_at
from alumni.forum.topics.service import SETTLE, locked

STANDING = (State.SHOWN, State.WAITING, State.HIDDEN, State.REMOVED)
"""What moderators may change; what its author deleted stays deleted."""


def become(session: Session, post_id: int, state: State) -> Post | None:
    """Let a post stand like this from now on; None for one that is gone or that its author deleted."""
    found = session.scalar(select(Post.topic_id).where(Post.id == post_id))
    topic = locked(session, found) if found is not None else None
    post = _fresh(session, post_id)
    if topic is None or post is None or post.state not in STANDING:
        return None
    if post.state == State.WAITING and state == State.SHOWN:
        _to_the_end(topic, post)
    post.state, post.settled_at = state, None
    session.flush()
    if post.number == _first_number(session, topic.id):
        topic.state = state
    count_again(session, topic)
    pokes.after_commit(SETTLE)
    return post


def _fresh(session: Session, post_id: int) -> Post | None:
    return session.scalar(select(Post).where(Post.id == post_id).execution_options(populate_existing=True))


def _to_the_end(topic: Topic, post: Post) -> None:
    """What others could not see until now gets the next number, or whoever read on would miss it."""
    if 1 < post.number < topic.last_number:
        topic.last_number += 1
        post.number = topic.last_number


def _first_number(session: Session, topic_id: int) -> int:
    return session.scalar(select(func.min(Post.number)).where(Post.topic_id == topic_id)) or 0


def count_again(session: Session, topic: Topic) -> None:
    """Let a topic whose row is locked know how many posts it shows, and which is the last."""
    shown = Post.topic_id == topic.id, Post.state == State.SHOWN, Post.deed == ""
    topic.posts = session.scalar(select(func.count()).where(*shown)) or 0
    last = session.scalar(select(Post).where(*shown).order_by(Post.number.desc()).limit(1))
    if last is not None:
        topic.last_posted_at, topic.last_author_id = last.posted_at, last.author_id
        topic.last_post_id = last.id if last.origin is None else brought_in_at(last.posted_at, topic.id)
    session.flush()
