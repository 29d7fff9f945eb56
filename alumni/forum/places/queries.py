"""Reads of categories."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from alumni.forum.places.asking import Asker, may_read
from alumni.forum.places.models import Category, Keeper


def categories_for(session: Session, asker: Asker, *, archived: bool = False) -> Sequence[Category]:
    """The places whoever asks may read, in their order (one query)."""
    there = Category.archived_at.is_not(None) if archived else Category.archived_at.is_(None)
    theirs = select(Category).where(may_read(asker), there).order_by(Category.place, Category.name, Category.id)
    return session.scalars(theirs).all()


def category_for(session: Session, asker: Asker, slug: str) -> Category | None:
    """The place with this address, if whoever asks may read it (one query)."""
    return session.scalar(select(Category).where(Category.slug == slug, may_read(asker)))


def made_for(session: Session, circle: str) -> Category | None:
    """The place that belongs to a circle."""
    return session.scalar(select(Category).where(Category.made_for == circle))


def keeps(session: Session, member_id: int) -> frozenset[int]:
    """The categories that somebody moderates (one query)."""
    return frozenset(session.scalars(select(Keeper.category_id).where(Keeper.member_id == member_id)))


def is_kept_by(member: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Whether this member moderates a category; for queries over Category."""
    return exists().where(Keeper.category_id == Category.id, Keeper.member_id == member)
