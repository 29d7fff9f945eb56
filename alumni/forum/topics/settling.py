"""New posts are settled by the worker: put into the search, told to whom they concern. What does it joins in here."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import db
from academy.jobs import registry
from alumni.forum.topics.models import Post, State
from alumni.forum.topics.service import SETTLE

Step = Callable[[Session, Sequence[Post], datetime], None]
SOME = 100


def add(step: Step) -> None:
    """Let this be done with new posts, in the order in which steps were added.

    A post comes once, within a minute after it can be seen; it comes again when its `settled_at` was emptied because
    it changed. A step writes in the given session, and whoever else waits for the worker is poked by it.
    """
    _steps().append(step)


def pump(now: datetime) -> None:
    """Settle what is not settled yet, some posts in each transaction."""
    while _settle(now) == SOME:
        pass


def _settle(now: datetime) -> int:
    with db.the_database().transaction() as session:
        fresh = select(Post).where(Post.settled_at.is_(None), Post.state == State.SHOWN)
        posts = session.scalars(fresh.order_by(Post.id).limit(SOME).with_for_update(skip_locked=True)).all()
        for step in _steps() if posts else ():
            step(session, posts, now)
        for post in posts:
            post.settled_at = now
    return len(posts)


def init_app() -> None:
    """Let the worker settle posts."""
    registry.add_pump(SETTLE, pump)


def _steps() -> list[Step]:
    steps: list[Step] = current_app.extensions.setdefault("forum.settling", [])
    return steps
