"""Reads of what is here already: people, places, and what was brought in before."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, SUSPENDED, Member
from alumni.audiences import Audience
from alumni.forum.places.models import Category
from alumni.forum.topics.models import Post, Topic
from alumni.profiles.models import Profile
from alumni.profiles.viewers import is_open

HERE = (ACTIVE, SUSPENDED)
"""Who confirmed an address once: nobody else's posts are given to somebody who merely typed that address."""


def by_address(session: Session, keys: Collection[str]) -> dict[str, int]:
    """Members by their compared addresses (one query)."""
    found = select(Member.email_key, Member.id).where(Member.email_key.in_(keys), Member.state.in_(HERE))
    return {row.email_key: row.id for row in session.execute(found)} if keys else {}


def by_handle(session: Session, handles: Collection[str]) -> dict[str, int]:
    """Members by the handles of their profiles (one query)."""
    found = select(Profile.handle, Profile.member_id).where(Profile.handle.in_(handles))
    return {row.handle: row.member_id for row in session.execute(found)} if handles else {}


def handles_of(session: Session, members: Collection[int]) -> dict[int, str]:
    """The handles of these members, as far as they show themselves to anybody: others are not mentioned by them."""
    numbers = sorted(members)
    found: dict[int, str] = {}
    for at in range(0, len(numbers), 500):
        theirs = select(Profile.member_id, Profile.handle).join(Member, Member.id == Profile.member_id)
        theirs = theirs.where(is_open(), Profile.show_name > int(Audience.ME))
        theirs = theirs.where(Profile.member_id.in_(numbers[at : at + 500]))
        found |= {row.member_id: row.handle for row in session.execute(theirs)}
    return found


def topics_from(session: Session, origins: Collection[str]) -> dict[str, Any]:
    """The topics that came from there: number and place by origin (one query)."""
    found = select(Topic.origin, Topic.id, Topic.category_id).where(Topic.origin.in_(origins))
    return {row.origin: row for row in session.execute(found)} if origins else {}


def posts_from(session: Session, origins: Collection[str]) -> dict[str, Any]:
    """The posts that came from there: number, and number in their topic, by origin (one query)."""
    found = select(Post.origin, Post.id, Post.number).where(Post.origin.in_(origins))
    return {row.origin: row for row in session.execute(found)} if origins else {}


def in_all(session: Session) -> tuple[int, int]:
    """How many topics and posts this forum has."""
    topics, posts = (select(func.count()).select_from(table).scalar_subquery() for table in (Topic, Post))
    row = session.execute(select(topics, posts)).one()
    return (row[0] or 0, row[1] or 0)


def begun_at(session: Session, numbers: Collection[int]) -> dict[int, Any]:
    """When these topics, written here, began (one query)."""
    found = select(Topic.id, Topic.begun_at).where(Topic.id.in_(numbers), Topic.origin.is_(None))
    return {row.id: row.begun_at for row in session.execute(found)} if numbers else {}


def free_numbers(session: Session, table: type[Topic | Post | Category], numbers: Sequence[int]) -> set[int]:
    """Which of these numbers no row of a table has (one query)."""
    taken = set(session.scalars(select(table.id).where(table.id.in_(numbers)))) if numbers else set()
    return set(numbers) - taken


def place_with(session: Session, *, slug: str = "", made_for: str = "") -> Category | None:
    """The place with this address, or of this circle."""
    found = select(Category).where(or_(Category.slug == slug, Category.made_for == made_for) if slug and made_for else
                                   Category.slug == slug if slug else Category.made_for == made_for)  # fmt: skip
    return session.scalars(found).first()


def slugs_like(session: Session, slug: str) -> set[str]:
    """The addresses of places that begin like this."""
    return set(session.scalars(select(Category.slug).where(Category.slug.startswith(slug, autoescape=True))))


def most_common_place(session: Session, origins: Collection[str]) -> int | None:
    """The place to which most of these topics went."""
    found = select(Topic.category_id).where(Topic.origin.in_(origins)).group_by(Topic.category_id)
    return session.scalar(found.order_by(func.count().desc()).limit(1)) if origins else None
