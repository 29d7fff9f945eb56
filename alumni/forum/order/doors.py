"""Conversations behind closed doors (the Chatham House Rule): nobody is named in them, and on a set day all of it goes.

Who wrote what is kept only while the conversation lasts, for somebody's safety (`judging.look_behind_doors`).
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy import db
from academy.audit.service import record
from academy.people.actor import Actor
from alumni.forum.order.refusals import NotThatLong, OpenToAll
from alumni.forum.places import circles
from alumni.forum.places.models import Category
from alumni.forum.topics import service
from alumni.forum.topics.models import Post, PostFile, Topic
from alumni.forum.topics.rules import Words

EVERY = timedelta(hours=1)
LONGEST = timedelta(days=90)
SOME = 50


def begin(
    session: Session, *, category: Category, by: Actor, title: str, words: Words, ends_on: date, now: datetime
) -> Topic:
    """Begin such a conversation; raises NotThatLong, or OpenToAll in a place that visitors read."""
    if category.readers == circles.EVERYONE:
        raise OpenToAll
    ends_at = datetime.combine(ends_on, time(), ZoneInfo("UTC"))
    if not now < ends_at <= now + LONGEST:
        raise NotThatLong
    topic = service.begin_topic(
        session,
        category_id=category.id,
        by=by.id,
        title=title,
        words=words,
        ends_at=ends_at,
        now=now,
    )
    record(session, actor=by, action="forum.doors.closed", now=now, subject=f"forum_topic:{topic.id}")
    return topic


def end_what_is_over(_values: object, now: datetime) -> None:
    """Delete the conversations whose day has come, a few in each transaction, until none is left."""
    while True:
        with db.the_database().transaction() as session:
            over = session.scalars(select(Topic.id).where(Topic.ends_at <= now).limit(SOME)).all()
            posts = select(Post.id).where(Post.topic_id.in_(over))
            session.execute(delete(PostFile).where(PostFile.post_id.in_(posts)))
            session.execute(delete(Post).where(Post.topic_id.in_(over)))
            session.execute(delete(Topic).where(Topic.id.in_(over)))
            for number in over:
                record(session, actor=None, action="forum.doors.ended", now=now, subject=f"forum_topic:{number}")
        if len(over) < SOME:
            return
