"""Keeping what members have read, and how closely they follow topics and places."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, func, select, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from alumni.forum.following.rules import BEGAN, QUIET, READ, WROTE
from alumni.forum.topics.models import ForumChoice, Level, PlaceStanding, Post, Standing, Topic


def arrive(session: Session, member_id: int) -> None:
    """Let somebody be here for the first time: what was written until now is not new to them."""
    newest = select(func.coalesce(func.max(Post.id), 0)).scalar_subquery()
    chosen = {"searchable": False, "words_in_letters": False}
    new = _into(session, ForumChoice).values(member_id=member_id, **chosen, from_post=newest)
    session.execute(new.on_conflict_do_nothing(index_elements=["member_id"]))


def read(session: Session, *, member_id: int, topic_id: int, to: int, now: datetime) -> None:
    """Note that somebody read a topic as far as this number; whoever reads a topic tracks it."""
    row = {"member_id": member_id, "topic_id": topic_id, "read_to": to, "level": Level.TRACK, "why": READ}
    new = _into(session, Standing).values(**row, touched_at=now)
    further = case((Standing.read_to > to, Standing.read_to), else_=to)
    session.execute(
        new.on_conflict_do_update(
            index_elements=["member_id", "topic_id"], set_={"read_to": further, "touched_at": now}
        )
    )


def follow(
    session: Session, *, member_id: int, topic_id: int, level: Level, why: str = "", read_to: int = 0, now: datetime
) -> None:
    """Let somebody follow a topic as closely as they chose, or (with `why`) as what they did there asks for.

    What they chose themselves stays, whatever they do.
    """
    row = {"member_id": member_id, "topic_id": topic_id, "level": level, "why": why, "read_to": read_to}
    new = _into(session, Standing).values(**row, touched_at=now)
    changed: dict[str, Any] = {"level": level, "why": why, "touched_at": now}
    if read_to:
        changed["read_to"] = case((Standing.read_to > read_to, Standing.read_to), else_=read_to)
    chosen = (Standing.why == "") & (Standing.level != "")
    session.execute(
        new.on_conflict_do_update(
            index_elements=["member_id", "topic_id"], set_=changed, where=~chosen if why else None
        )
    )


def follow_place(session: Session, *, member_id: int, category_id: int, level: str) -> None:
    """Let somebody follow all of a category this closely ('': as usual)."""
    new = _into(session, PlaceStanding).values(member_id=member_id, category_id=category_id, level=level, read_before=0)
    session.execute(new.on_conflict_do_update(index_elements=["member_id", "category_id"], set_={"level": level}))


def read_all(session: Session, *, member_id: int, category_ids: Collection[int]) -> None:
    """Let everything that is in these categories now count as read."""
    newest = session.scalar(select(func.coalesce(func.max(Post.id), 0))) or 0
    for category_id in category_ids:
        row = {"member_id": member_id, "category_id": category_id, "level": "", "read_before": newest}
        new = _into(session, PlaceStanding).values(**row)
        session.execute(
            new.on_conflict_do_update(index_elements=["member_id", "category_id"], set_={"read_before": newest})
        )


def choose(session: Session, *, member_id: int, searchable: bool, words_in_letters: bool) -> None:
    """Let search engines keep what a member writes, or not; let letters carry words of posts, or not."""
    arrive(session, member_id)
    chosen = {"searchable": searchable, "words_in_letters": words_in_letters}
    session.execute(update(ForumChoice).where(ForumChoice.member_id == member_id).values(chosen))


def forget_quiet(session: Session, *, now: datetime, some: int) -> int:
    """Forget how far people read topics in which nobody wrote for long, at most so many rows; says how many."""
    quiet = select(Topic.id).where(Topic.id == Standing.topic_id, Topic.last_posted_at <= now - QUIET).exists()
    old = Standing.touched_at <= now - QUIET, quiet, Standing.level.not_in((Level.WATCH, Level.MUTE))
    theirs = session.execute(select(Standing.member_id, Standing.topic_id).where(*old).limit(some)).all()
    gone = [{"who": row.member_id, "what": row.topic_id} for row in theirs]
    if gone:
        which = Standing.member_id == bindparam("who"), Standing.topic_id == bindparam("what")
        session.connection().execute(delete(Standing).where(*which), gone)
    return len(gone)


def wrote(session: Session, posts: Sequence[Post], now: datetime) -> None:
    """Let whoever began a topic or wrote in it here watch it, unless they chose otherwise: a step of settling."""
    for post in posts:
        if post.author_id is not None and not post.deed and post.origin is None:
            why = BEGAN if post.number == 1 else WROTE
            whose = {"member_id": post.author_id, "topic_id": post.topic_id}
            follow(session, **whose, level=Level.WATCH, why=why, read_to=post.number, now=now)


def _into(session: Session, table: Any) -> Any:  # noqa: ANN401  a model; a statement of either dialect
    return insert_into(table, session.get_bind())
