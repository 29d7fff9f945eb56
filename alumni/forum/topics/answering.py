"""Posts that somebody answers, quotes or sent already."""

from dataclasses import dataclass

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from alumni.blocks.queries import blockers_of
from alumni.forum.places.asking import Asker
from alumni.forum.topics.models import Post, State, Topic
from alumni.profiles.queries import bylines


@dataclass(frozen=True, slots=True)
class Answered:
    """A post that is answered or quoted; `handle` is '' where none is shown."""

    id: int
    number: int
    text: str
    handle: str


def answerable(
    session: Session, asker: Asker, *, topic_id: int, post_id: int, behind_doors: bool = False
) -> Answered | None:
    """A post of a topic that whoever asks, and may read the topic, can answer (one or two queries)."""
    kept_from = Post.author_id.in_(blockers_of(asker.member_id))
    there = select(Post, kept_from.label("kept_from")).where(Post.id == post_id, Post.topic_id == topic_id)
    row = session.execute(there.where(Post.state == State.SHOWN, Post.deed == "")).one_or_none()
    if row is None or row.kept_from:
        return None
    post: Post = row.Post
    shown = None if behind_doors else post.author_id
    handle = bylines(session, asker.viewer, [shown])[shown].handle if shown is not None else ""
    return Answered(post.id, post.number, post.text, handle)


def may_answer(session: Session, member_id: int, *, topic_id: int, post_id: int) -> bool:
    """Whether somebody who writes in a topic can answer this post of it (one query)."""
    kept_from = func.coalesce(Post.author_id.in_(blockers_of(member_id)), literal(value=False))
    there = Post.id == post_id, Post.topic_id == topic_id, Post.state == State.SHOWN, Post.deed == ""
    return session.scalar(select(Post.id).where(*there, ~kept_from)) is not None


def topic_of(session: Session, post_id: int) -> int | None:
    """The topic in which a post stands now, wherever it was moved."""
    return session.scalar(select(Post.topic_id).where(Post.id == post_id))


def was_sent(session: Session, member_id: int, token: str) -> bool:
    """Whether this form was sent already."""
    return session.scalar(select(Post.id).where(Post.author_id == member_id, Post.token == token)) is not None


def was_begun(session: Session, member_id: int, token: str) -> bool:
    """Whether this form began a topic already."""
    return session.scalar(select(Topic.id).where(Topic.author_id == member_id, Topic.token == token)) is not None
