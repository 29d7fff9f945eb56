"""Which topics are on the map for search engines: those of public places whose writers let themselves be found."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session

from academy.db import rows
from alumni.forum.places import circles
from alumni.forum.places.models import Category
from alumni.forum.topics.models import ForumChoice, Post, State, Topic
from alumni.forum.topics.rules import PAGE

LOOKED_AT = 1_000
"""So many of the latest topics are looked at, however large the forum grows: from there on links lead to the others."""


def topics(session: Session) -> list[Any]:
    """Topics whose first page search engines may keep, by number and title, the latest first (one query)."""
    return list(rows(session, _topics()).all())


@cache
def _topics() -> Select[Any]:
    public = select(Topic.id, Topic.title, Topic.last_post_id).join(Category, Category.id == Topic.category_id)
    shown = Topic.state == State.SHOWN, ~Topic.behind_doors, Category.readers == circles.EVERYONE
    latest = public.where(*shown).order_by(Topic.last_post_id.desc()).limit(LOOKED_AT).subquery()
    found = select(latest.c.id, latest.c.title).where(~_somebody_hides(latest.c.id))
    return found.order_by(latest.c.last_post_id.desc())


def _somebody_hides(topic_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether somebody wrote on the first page of a topic who keeps it from search engines: its page says the same."""
    first_page = Post.topic_id == topic_id, Post.number <= PAGE
    hides = ~func.coalesce(ForumChoice.searchable, false())
    there = select(Post.id).outerjoin(ForumChoice, ForumChoice.member_id == Post.author_id)
    return there.where(*first_page, hides).exists()
