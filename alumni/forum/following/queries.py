"""What is new to somebody across the places they may read: bounded work, however much there is."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from academy.column_types import UtcMoment
from academy.db import BigId, rows
from alumni.forum.following.rules import BEGAN, QUIET, WROTE
from alumni.forum.places.asking import Asker, Kind, may_read_as
from alumni.forum.places.models import Category
from alumni.forum.topics import authors
from alumni.forum.topics.listing import of_lines
from alumni.forum.topics.models import ForumChoice, Level, PlaceStanding, Standing, State, Topic
from alumni.forum.topics.queries import PLACE, STANDING, with_standing

MOST, COUNTED = 1000, 250
"""So many of the newest topics are looked at, and counted in all places together, whoever may read them."""


def _among_the_newest(most: int) -> tuple[ColumnElement[bool], ...]:
    """Topics in which somebody wrote lately, not more than so many: they are bounded by their numbers in the index."""
    before = Topic.last_post_id < bindparam("post", type_=BigId)
    lately = Topic.last_posted_at > bindparam("since", type_=UtcMoment)
    other = aliased(Topic)
    newest = select(other.last_post_id).where(
        other.state == State.SHOWN, other.last_post_id < bindparam("post", type_=BigId)
    )
    some = newest.order_by(other.last_post_id.desc()).limit(most).subquery()
    least = select(func.min(some.c.last_post_id)).scalar_subquery()
    return (Topic.state == State.SHOWN, before, lately, Topic.last_post_id >= least)


def _is_new() -> ColumnElement[bool]:
    """Topics with posts that somebody has not read and wants to hear of; see `rules.following` and `rules.is_new`."""
    level, why = func.coalesce(Standing.level, ""), func.coalesce(Standing.why, "")
    said = and_(level != "", why == "")
    muted = or_(level == Level.MUTE, and_(PlaceStanding.level == Level.MUTE, ~said, why.not_in((BEGAN, WROTE))))
    read = func.coalesce(Standing.read_to, 0)
    from_post = func.coalesce(ForumChoice.from_post, Topic.last_post_id)
    return and_(
        Topic.last_number > read,
        Topic.last_post_id > func.coalesce(PlaceStanding.read_before, 0),
        Topic.last_post_id > from_post,
        ~func.coalesce(muted, False),
        ~and_(said, level == Level.NORMAL),
        Category.archived_at.is_(None),
    )


def _new_to(kind: Kind, statement: Select[Any], most: int) -> Select[Any]:
    # A sum is no column: without it SQLite would go from places to all topics they ever had, and sort them. So would
    # PostgreSQL, had it a choice: joined from outside, places come after topics, which it takes in order until enough.
    place = Category.id == Topic.category_id + 0
    statement = with_standing(statement.select_from(Topic).outerjoin(Category, place), kind.viewer.member_id)
    seen = authors.not_by_whoever_keeps_away(kind, Topic.author_id)
    readable = func.coalesce(may_read_as(kind), False)
    return statement.where(*_among_the_newest(most), readable, _is_new(), seen)


@cache
def _new_topics(kind: Kind) -> Select[Any]:
    # Those that are shown are chosen first: what a line shows is then read for these alone.
    found: Select[Any] = select().add_columns(Topic.id, Topic.last_post_id)
    found = _new_to(kind, found, MOST).order_by(Topic.last_post_id.desc()).limit(bindparam("most"))
    these = found.subquery()
    statement: Select[Any] = select().add_columns(*of_lines(kind), *PLACE, *STANDING).select_from(these)
    statement = statement.join(Topic, Topic.id == these.c.id).join(Category, Category.id == Topic.category_id)
    statement = authors.joined(with_standing(statement, kind.viewer.member_id), Topic.author_id)
    return statement.order_by(these.c.last_post_id.desc())


@cache
def _new_in_places(kind: Kind) -> Select[Any]:
    counted: Select[Any] = select().add_columns(Category.id, func.count().label("topics"))
    return _new_to(kind, counted, COUNTED).group_by(Category.id)


def new_topics(session: Session, asker: Asker, *, before: int, most: int, now: datetime) -> list[Any]:
    """The topics with something new for whoever asks, the latest first (one query)."""
    values = {**asker.values, "post": before, "since": now - QUIET, "most": most}
    return list(rows(session, _new_topics(asker.kind), values).all())


def new_in_places(session: Session, asker: Asker, *, now: datetime) -> dict[int, int]:
    """How many topics with something new each category holds for whoever asks (one query; none for visitors)."""
    if asker.actor is None:
        return {}
    values = {**asker.values, "post": 2**62, "since": now - QUIET}
    return {row.id: row.topics for row in rows(session, _new_in_places(asker.kind), values)}


def readable(session: Session, asker: Asker) -> list[int]:
    """The numbers of all categories whoever asks may read (one query)."""
    return list(session.scalars(select(Category.id).where(may_read_as(asker.kind)), asker.values))
