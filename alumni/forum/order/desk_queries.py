"""Reads of the desk of places."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, String, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from alumni.forum.places import circles
from alumni.forum.places.models import Category, Keeper
from alumni.forum.topics.models import Topic
from alumni.groups.models import Entry, Group
from alumni.profiles.models import Profile

PAGE = 50


def _not_of_a_hidden_group() -> ColumnElement[bool]:
    """Nobody learns of a hidden group, admins included."""
    theirs = select(literal(f"{circles.GROUP}:") + cast(Group.id, String)).where(Group.entry == Entry.HIDDEN)
    return or_(Category.made_for.is_(None), Category.made_for.not_in(theirs))


def on_the_desk(session: Session, after: tuple[int, int] | None = None) -> Sequence[Row[Category, int]]:
    """Every place with its number of topics, in their order; one more than fits on a page if there are more."""
    topics = select(func.count()).where(Topic.category_id == Category.id).scalar_subquery()
    some = select(Category, topics).where(_not_of_a_hidden_group())
    if after is not None:
        place, number = after
        some = some.where(or_(Category.place > place, (Category.place == place) & (Category.id > number)))
    return session.execute(some.order_by(Category.place, Category.id).limit(PAGE + 1)).all()


def place(session: Session, slug: str, *, lock: bool = False) -> Category | None:
    """The place with this address, as admins may see it."""
    found = select(Category).where(Category.slug == slug, _not_of_a_hidden_group())
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalar(found)


def has_topics(session: Session, category_id: int) -> bool:
    """Whether anything was ever written there."""
    return session.scalar(select(Topic.id).where(Topic.category_id == category_id).limit(1)) is not None


def keepers_of(session: Session, category_id: int) -> list[int]:
    """The members who look after a place."""
    theirs = select(Keeper.member_id).where(Keeper.category_id == category_id).order_by(Keeper.since)
    return list(session.scalars(theirs))


def member_called(session: Session, typed: str) -> Member | None:
    """The member with this e-mail address or this handle."""
    key = typed.strip().lower().removeprefix("@")
    theirs = select(Member).outerjoin(Profile, Profile.member_id == Member.id)
    return session.scalar(theirs.where(Member.state == ACTIVE, or_(Member.email_key == key, Profile.handle == key)))
