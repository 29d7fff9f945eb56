"""Keeping what members have read, and how closely they follow topics and places."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from alumni.forum.following.rules import READ
from alumni.forum.topics.models import ForumChoice, Level, PlaceStanding, Post, Standing


def arrive(session: Session, member_id: int) -> None:
    """Let somebody be here for the first time: what was written until now is not new to them."""
    newest = select(func.coalesce(func.max(Post.id), 0)).scalar_subquery()
    new = _into(session, ForumChoice).values(member_id=member_id, searchable=False, from_post=newest)
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


def _into(session: Session, table: Any) -> Any:  # noqa: ANN401  a model; a statement of either dialect
    return insert_into(table, session.get_bind())
