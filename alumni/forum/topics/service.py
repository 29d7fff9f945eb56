"""Topics begin, posts are added: the one place that gives posts their numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.jobs import pokes
from alumni.forum.topics import adding, post_queries, wording
from alumni.forum.topics.adding import Turn
from alumni.forum.topics.models import Post, State, Topic
from alumni.forum.topics.refusals import TopicClosed, TopicGone
from alumni.forum.topics.rules import Words

SETTLE = "forum.settle"
"""The worker's pump that puts new posts into the search and tells whom they concern."""


def begin_topic(
    session: Session,
    *,
    category_id: int,
    by: int,
    title: str,
    words: Words,
    state: State = State.SHOWN,
    ends_at: datetime | None = None,
    now: datetime,
) -> Topic:
    """Begin a topic with its first post; the same form sent twice begins one. Whoever calls has asked the rights.

    With `ends_at` it is behind closed doors until then. Its row carries the form's token, the first post none.
    """
    earlier = _topic_sent(session, by, words.token)
    if earlier is not None:
        return earlier
    topic = Topic(
        category_id=category_id,
        title=title,
        language=words.language,
        author_id=by,
        token=words.token or None,
        state=state,
        begun_at=now,
        last_posted_at=now,
        behind_doors=ends_at is not None,
        ends_at=ends_at,
    )
    try:
        with session.begin_nested():
            session.add(topic)
    except IntegrityError:  # the same form, sent at the same moment by a second press
        earlier = _topic_sent(session, by, words.token)
        if earlier is None:
            raise
        return earlier
    add_post(session, adding.first_turn(topic), by=by, words=replace(words, token=""), state=state, now=now)
    return topic


def reply(
    session: Session,
    *,
    topic_id: int,
    by: int,
    words: Words,
    reply_to: int | None = None,
    state: State = State.SHOWN,
    keeps_order: bool = False,
    now: datetime,
) -> Post:
    """Add a post to a topic; the same form sent twice adds one.

    Raises TopicGone, or TopicClosed for all but those who keep order.
    """
    topic = adding.turn_in(session, topic_id, by, words.token)
    if topic is not None and topic.sent is not None:
        return session.get_one(Post, topic.sent)
    if topic is None or topic.merged_into is not None or topic.state in {State.REMOVED, State.DELETED}:
        raise TopicGone
    if topic.closed_at is not None and not keeps_order:
        raise TopicClosed
    made = add_post(session, topic, by=by, words=words, reply_to=reply_to, state=state, now=now)
    # The same form, sent by a second press while this one waited for the topic, adds none.
    return made or session.scalars(select(Post).where(Post.author_id == by, Post.token == words.token)).one()


def add_post(
    session: Session,
    topic: Turn,
    *,
    by: int | None,
    words: Words,
    reply_to: int | None = None,
    state: State = State.SHOWN,
    now: datetime,
) -> Post | None:
    """Add a post to a topic whose row is locked (or new); None if the same form added it already."""
    number = topic.last_number + 1
    values = {
        "topic_id": topic.id,
        "number": number,
        "author_id": by,
        "token": words.token or None,
        "reply_to": reply_to,
        "text": words.text,
        "html": wording.drawn(session, words.text, topic_id=topic.id, number=number),
        "language": words.language,
        "warning": words.warning,
        "state": state,
        "posted_at": now,
        "voice": post_queries.voice_in(session, topic.id, by) if topic.behind_doors else None,
    }
    made = adding.add(session, values)
    pokes.after_commit(SETTLE)
    return made


def locked(session: Session, topic_id: int) -> Topic | None:
    """A topic that nobody else changes until the transaction ends, as it is now.

    Its key stays: so nobody waits here for those who only put rows beside it that name it, as settling does for long.
    """
    found = (
        select(Topic)
        .where(Topic.id == topic_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return session.scalar(found)


def first_post(session: Session, topic_id: int) -> Post:
    """The post with which a topic begins."""
    return session.scalars(select(Post).where(Post.topic_id == topic_id).order_by(Post.number).limit(1)).one()


def _topic_sent(session: Session, by: int, token: str) -> Topic | None:
    return session.scalar(select(Topic).where(Topic.author_id == by, Topic.token == token)) if token else None
