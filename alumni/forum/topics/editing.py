"""Changing posts, taking them back and bringing them back; what they said before stays in their history."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.jobs import pokes
from alumni.forum.topics import editing_rules as rules
from alumni.forum.topics import wording
from alumni.forum.topics.editing_rules import Change, Editor, Piece
from alumni.forum.topics.models import Post, PostEdit, State, Topic
from alumni.forum.topics.refusals import CannotBeChanged, ChangedMeanwhile, TopicClosed
from alumni.forum.topics.service import SETTLE, locked


def piece_of(post: Post) -> Piece:
    """What decides who may change this post."""
    return Piece(post.author_id, post.state, post.locked, post.wiki, post.posted_at, post.deed)


def edit(session: Session, *, post_id: int, change: Change, editor: Editor, now: datetime) -> Post:
    """Change a post. Raises ChangedMeanwhile, TopicClosed for all but keepers, or CannotBeChanged."""
    topic, post = held(session, post_id)
    if topic.closed_at is not None and not editor.keeps_order:
        raise TopicClosed
    if not rules.may_edit(editor, piece_of(post), now):
        raise CannotBeChanged
    if change.version != post.edits:
        raise ChangedMeanwhile
    title = change.title if post.number == 1 and change.title else topic.title
    if (change.text, change.warning, change.language, title) == (post.text, post.warning, post.language, topic.title):
        return post
    before = topic.title if title != topic.title else ""
    earlier = PostEdit(post_id=post.id, text=post.text, title=before, reason=change.reason, edited_at=now)
    earlier.editor_id = editor.member_id
    session.add(earlier)
    _write(session, topic, post, change, now)
    topic.title = title
    session.flush()
    return post


def _write(session: Session, topic: Topic, post: Post, change: Change, now: datetime) -> None:
    post.text = change.text
    post.html = wording.drawn(session, change.text, topic_id=topic.id, number=post.number)
    post.warning, post.language = change.warning, change.language
    post.edits += 1
    post.edited_at, post.settled_at = now, None
    pokes.after_commit(SETTLE)


def take_back(session: Session, *, post_id: int, editor: Editor, now: datetime) -> None:
    """Delete one's own post: a line without words stays, and for a day it can come back. Raises CannotBeChanged.

    A first post to which nobody answered takes its topic along.
    """
    topic, post = held(session, post_id)
    if not rules.may_delete(editor, piece_of(post)):
        raise CannotBeChanged
    if post.state == State.SHOWN:
        topic.posts -= 1
    post.state, post.deleted_at, post.settled_at = State.DELETED, now, None
    if topic.answer_id == post.id:
        topic.answer_id = None
    session.flush()
    if post.number == 1 and topic.state in {State.SHOWN, State.WAITING} and not _others_wrote(session, topic):
        topic.state = State.DELETED
        session.flush()
    pokes.after_commit(SETTLE)


def bring_back(session: Session, *, post_id: int, editor: Editor, now: datetime) -> None:
    """Let one's own deleted post stand again; a newcomer's waits again. Raises CannotBeChanged."""
    topic, post = held(session, post_id)
    if not editor.writes or not rules.may_bring_back(editor.member_id, piece_of(post), post.deleted_at, now):
        raise CannotBeChanged
    post.state = State.WAITING if editor.newcomer else State.SHOWN
    post.deleted_at = post.settled_at = None
    if post.state == State.SHOWN:
        topic.posts += 1
    if topic.state == State.DELETED and post.number == 1:
        topic.state = post.state
    session.flush()
    pokes.after_commit(SETTLE)


def held(session: Session, post_id: int) -> tuple[Topic, Post]:
    """A post and its topic, which nobody else changes until the transaction ends. Raises CannotBeChanged."""
    while True:
        topic_id = session.scalar(select(Post.topic_id).where(Post.id == post_id))
        topic = locked(session, topic_id) if topic_id is not None else None
        post = session.get(Post, post_id, populate_existing=True)
        if topic is None or post is None:
            raise CannotBeChanged
        if post.topic_id == topic.id:  # else it moved while we waited
            return topic, post


def _others_wrote(session: Session, topic: Topic) -> bool:
    others = select(func.count()).where(
        Post.topic_id == topic.id, Post.number > 1, Post.state != State.DELETED, Post.deed == ""
    )
    return bool(session.scalar(others))
