"""What feeds tell: the latest topics of places that everybody reads, as a visitor sees them."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select, union_all
from sqlalchemy.orm import Session

from academy.db import rows
from alumni.forum.places import circles
from alumni.forum.places.asking import NOBODY
from alumni.forum.places.models import Category
from alumni.forum.topics import authors
from alumni.forum.topics.models import Post, State, Topic

MOST = 20
PINNED = (0, 1, 2)


def place_of(session: Session, slug: str) -> Category | None:
    """The place with this address, if everybody reads it."""
    return session.scalar(select(Category).where(Category.slug == slug, Category.readers == circles.EVERYONE))


def latest_in(session: Session, category_id: int) -> list[Any]:
    """The topics of a place in which somebody wrote last (one query)."""
    return list(rows(session, _in_place(), {"category": category_id}).all())


def latest(session: Session) -> list[Any]:
    """The same of all places that everybody reads (one query)."""
    return list(rows(session, _in_all()).all())


@cache
def _in_place() -> Select[Any]:
    # A list for each kind of pin: the index gives each in its order, however many topics there are.
    shown = Topic.category_id == bindparam("category"), Topic.state == State.SHOWN, ~Topic.behind_doors
    newest = (
        select(Topic.id)
        .where(*shown, Topic.pinned == pinned)
        .order_by(Topic.last_post_id.desc())
        .limit(MOST)
        .subquery()
        for pinned in PINNED
    )
    return _entries(union_all(*(select(each.c.id) for each in newest)).subquery())


@cache
def _in_all() -> Select[Any]:
    public = select(Topic.id).join(Category, Category.id == Topic.category_id)
    shown = Topic.state == State.SHOWN, ~Topic.behind_doors, Category.readers == circles.EVERYONE
    newest = public.where(*shown, Category.archived_at.is_(None)).order_by(Topic.last_post_id.desc()).limit(MOST)
    return _entries(newest.subquery())


def _entries(numbers: Any) -> Select[Any]:  # noqa: ANN401  a subquery
    first = and_(Post.topic_id == Topic.id, Post.number == 1, Post.state == State.SHOWN)
    columns = (Topic.id, Topic.title, Topic.language, Topic.begun_at, Topic.last_posted_at, Topic.last_post_id)
    statement: Select[Any] = select().add_columns(
        *columns, Category.name.label("place"), Post.html, Post.warning, Post.edits
    )
    statement = statement.add_columns(*authors.columns(NOBODY.kind, Topic.author_id)).select_from(Topic)
    statement = statement.join(numbers, numbers.c.id == Topic.id).join(Category, Category.id == Topic.category_id)
    statement = authors.joined(statement.outerjoin(Post, first), Topic.author_id).params(viewer=0)
    return statement.order_by(Topic.last_post_id.desc()).limit(MOST)
