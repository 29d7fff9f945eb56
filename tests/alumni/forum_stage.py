"""Makers of places, topics and posts."""

import secrets
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.forum.places import circles
from alumni.forum.places import service as places
from alumni.forum.places.models import Category
from alumni.forum.places.service import Outline
from alumni.forum.topics import service
from alumni.forum.topics.models import Post, Topic
from alumni.forum.topics.rules import Words


def place(session: Session, name: str = "Practice", readers: str = circles.MEMBERS, **outline: Any) -> Category:
    """A place; whoever reads it may write and begin topics, unless `outline` says otherwise."""
    slug = outline.pop("slug", name.lower().replace(" ", "-"))
    who = {"writers": readers, "starters": readers, **outline}
    made = places.open_place(session, Outline(slug=slug, name=name, readers=readers, **who), clock.now())
    session.commit()
    return made


def words(text: str = "How do you prepare for a first meeting?", **more: str) -> Words:
    """A text with a token of its own."""
    return Words(text, secrets.token_hex(16), **more)


def topic(
    app: Flask,
    session: Session,
    where: Category,
    by: Member,
    title: str = "First meetings",
    *replies: tuple[Member, str],
    text: str = "How do you prepare for a first meeting?",
    now: datetime | None = None,
    **columns: Any,
) -> Topic:
    """A topic with its first post and replies; further keywords set columns of the topic."""
    at = now or clock.now()
    with app.test_request_context():
        made = service.begin_topic(session, category_id=where.id, by=by.id, title=title, words=words(text), now=at)
        for who, said in replies:
            service.reply(session, topic_id=made.id, by=who.id, words=words(said), now=at)
        for name, value in columns.items():
            setattr(made, name, value)
        session.commit()
    return made


def fill(session: Session, made: Topic, by: Member, count: int) -> None:
    """So many more posts at once."""
    now, first = clock.now(), made.last_number
    row = {"topic_id": made.id, "author_id": by.id, "posted_at": now, "settled_at": now}
    rows = (
        {**row, "number": first + each, "text": f"Line {each}", "html": f"<p>Line {each}</p>"}
        for each in range(1, count + 1)
    )
    session.execute(insert(Post), list(rows))
    newest = session.scalar(select(func.max(Post.id)).where(Post.topic_id == made.id))
    session.execute(
        update(Topic)
        .where(Topic.id == made.id)
        .values(last_number=first + count, posts=Topic.posts + count, last_post_id=newest, last_posted_at=now)
    )
    session.commit()


def post_of(session: Session, made: Topic, number: int) -> Post:
    """The post with this number."""
    found = session.scalars(select(Post).where(Post.topic_id == made.id, Post.number == number))
    return found.one()
