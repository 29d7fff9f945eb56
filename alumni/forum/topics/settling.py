"""New posts are settled by the worker: put into the search, told to whom they concern. What does it joins in here."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import db
from academy.jobs import registry
from alumni.forum.topics.models import Post, State
from alumni.forum.topics.service import SETTLE

Step = Callable[[Session, Sequence[Post], datetime], None]
SOME = 2
"""So many posts in a transaction: whoever writes meanwhile waits for it, and one post may be told to thousands."""
LONGEST_PAUSE = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done with posts that can be seen, and with those that no longer can."""

    shown: list[Step] = field(default_factory=list)
    gone: list[Step] = field(default_factory=list)


def add(step: Step, gone: Step | None = None) -> None:
    """Let this be done with new posts, in the order in which steps were added.

    A post comes once, within a minute after it can be seen; it comes again when its `settled_at` was emptied because
    it changed, and to `gone` when moderators or its author took it out of sight. A step writes in the given session,
    and whoever else waits for the worker is poked by it.
    """
    _steps().shown.append(step)
    if gone is not None:
        _steps().gone.append(gone)


def pump(now: datetime) -> None:
    """Settle what is not settled yet, some posts in each transaction; in between whoever writes goes first.

    SQLite's lock has no queue: who comes back at once would take it before those who wait.
    """
    begun = time.monotonic()
    while _settle(now) == SOME:
        time.sleep(min(time.monotonic() - begun, LONGEST_PAUSE))
        begun = time.monotonic()


def _settle(now: datetime) -> int:
    with db.the_database().transaction() as session:
        fresh = select(Post).where(Post.settled_at.is_(None), Post.state != State.WAITING)
        posts = session.scalars(fresh.order_by(Post.id).limit(SOME).with_for_update(skip_locked=True)).all()
        seen = [post for post in posts if post.state == State.SHOWN]
        gone = [post for post in posts if post.state != State.SHOWN]
        for steps, some in ((_steps().shown, seen), (_steps().gone, gone)):
            for step in steps if some else ():
                step(session, some, now)
        for post in posts:
            post.settled_at = now
    return len(posts)


def init_app() -> None:
    """Let the worker settle posts."""
    registry.add_pump(SETTLE, pump)


def _steps() -> Steps:
    steps: Steps = current_app.extensions.setdefault("forum.settling", Steps())
    return steps
