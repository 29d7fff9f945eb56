"""Where drafts lead, and which posts somebody deleted and can bring back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from alumni.forum.drafts.rules import CATEGORY, POST, TOPIC, place_of
from alumni.forum.places.asking import Asker, may_read
from alumni.forum.places.models import Category
from alumni.forum.topics.editing_rules import COMES_BACK
from alumni.forum.topics.models import Post, State, Topic


@dataclass(frozen=True, slots=True)
class Where:
    """What a draft belongs to, as far as whoever asks may know of it."""

    title: str
    slug: str
    last_number: int = 1
    behind_doors: bool = False


def named(
    session: Session, asker: Asker, *, topics: Collection[int], categories: Collection[int], posts: Collection[int]
) -> dict[str, Where]:
    """What these places of drafts are, by their names (three queries at most)."""
    found: dict[str, Where] = {}
    if topics:
        of_topics = _topics(asker).where(Topic.id.in_(topics))
        found |= {place_of(TOPIC, row.topic_id): _where(row) for row in session.execute(of_topics)}
    if posts:
        of_posts = _topics(asker).add_columns(Post.id.label("post_id")).join(Post, Post.topic_id == Topic.id)
        rows = session.execute(of_posts.where(Post.id.in_(posts)))
        found |= {place_of(POST, row.post_id): _where(row) for row in rows}
    if categories:
        theirs = select(Category.id, Category.name, Category.slug).where(Category.id.in_(categories), may_read(asker))
        found |= {place_of(CATEGORY, row.id): Where(row.name, row.slug) for row in session.execute(theirs)}
    return found


def _topics(asker: Asker) -> Any:  # noqa: ANN401  a statement
    columns = (Topic.id.label("topic_id"), Topic.title, Category.slug, Topic.last_number, Topic.behind_doors)
    shown = Topic.state.in_((State.SHOWN, State.WAITING))
    return select(*columns).join(Category, Category.id == Topic.category_id).where(shown, may_read(asker))


def _where(row: Any) -> Where:  # noqa: ANN401  a row of the statement above
    return Where(row.title, row.slug, max(row.last_number, 1), row.behind_doors)


def deleted_of(session: Session, member_id: int, now: datetime) -> Sequence[Any]:
    """Posts that somebody deleted and can still bring back: number, title, words, when."""
    mine = Post.author_id == member_id, Post.state == State.DELETED, Post.deleted_at > now - COMES_BACK
    found = select(Post.id, Topic.title, Post.text, Post.deleted_at).join(Topic, Topic.id == Post.topic_id)
    return session.execute(found.where(*mine).order_by(Post.deleted_at.desc())).all()
