"""Reads of categories."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from academy.db import rows
from alumni.forum.places.asking import Asker, Kind, may_read, may_read_as
from alumni.forum.places.models import Category, Keeper


@cache
def _categories(kind: Kind, *, archived: bool) -> Select[Any]:
    there = Category.archived_at.is_not(None) if archived else Category.archived_at.is_(None)
    found: Select[Any] = select().add_columns(
        Category.id, Category.slug, Category.name, Category.readers, Category.description_html
    )
    return found.where(may_read_as(kind), there).order_by(Category.place, Category.name, Category.id)


def categories_for(session: Session, asker: Asker, *, archived: bool = False) -> Sequence[Any]:
    """The places whoever asks may read, in their order, as rows (one query)."""
    return rows(session, _categories(asker.kind, archived=archived), asker.values).all()


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
