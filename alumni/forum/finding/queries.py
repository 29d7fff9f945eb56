"""What is found: bounded work, permission asked of every row."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, literal_column, select
from sqlalchemy.orm import Session

from academy import search
from academy.db import rows
from academy.search import Query
from alumni.forum.finding.models import TEXTS
from alumni.forum.finding.rules import Wish
from alumni.forum.places.asking import Asker, may_read_as
from alumni.forum.places.models import Category
from alumni.forum.topics import authors
from alumni.forum.topics.models import Post, State, Tag, Topic, TopicTag
from alumni.profiles.queries import member_behind

LOOKED_AT = 500
"""So many of the newest posts with these words are looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the best first; `more` says that there was more than fits."""

    rows: list[Any]
    more: bool


NOTHING = Found([], more=False)


def posts(session: Session, asker: Asker, wish: Wish, most: int) -> Found:
    """Posts with all of these words that whoever asks may read: titles and answers first, then the newest."""
    query = search.asked(wish.words)
    if not query:
        return NOTHING
    narrowed = _narrowed(session, asker, wish)
    if narrowed is None:
        return NOTHING
    best = _best(session, asker, query).where(*narrowed).limit(most + 1)
    values = {**asker.values, **TEXTS.words_in(session, query, TEXTS.parts, ("title",))}
    found = rows(session, _shown(asker, best.subquery()), values).all()
    return Found(list(found[:most]), len(found) > most)


def _best(session: Session, asker: Asker, query: Query) -> Select[Any]:
    """The numbers and the rank of posts that whoever asks may read, the best first."""
    kind = asker.kind
    number: Any = Post.id
    in_title = TEXTS.holds(session, query, ("title",), number)
    # Titles stand with first posts: only for these is it worth to read what the index holds.
    rank = case((and_(Post.number == 1, in_title), 0), (Post.id == Topic.answer_id, 1), else_=2).label("rank")
    statement: Select[Any] = select(Post.id, rank).select_from(Post)
    # Sums are no columns: without them SQLite would go from all topics that are shown to all their posts.
    statement = statement.join(Topic, Topic.id == Post.topic_id + 0)
    statement = statement.join(Category, Category.id == Topic.category_id + 0)
    open_to = (
        Post.id.in_(TEXTS.latest(session, TEXTS.parts, LOOKED_AT)),
        may_read_as(kind),
        Post.state == State.SHOWN,
        Post.deed == "",
        Topic.state == State.SHOWN,
        Topic.behind_doors.is_(False),
        authors.not_by_whoever_keeps_away(kind, Post.author_id),
        authors.not_by_whoever_keeps_away(kind, Topic.author_id),
    )
    return statement.where(*open_to).order_by(literal_column("rank"), Post.id.desc())


def _shown(asker: Asker, best: Subquery) -> Select[Any]:
    """What is shown of these posts."""
    columns = (Post.id, Post.number, Post.text, Post.language, Post.posted_at, Post.warning, best.c.rank)
    of_topic = (Topic.id.label("topic_id"), Topic.title, Topic.answer_id, Category.slug, Category.name.label("place"))
    statement: Select[Any] = select().add_columns(*columns, *of_topic, *authors.columns(asker.kind, Post.author_id))
    statement = statement.select_from(best).join(Post, Post.id == best.c.id)
    statement = statement.join(Topic, Topic.id == Post.topic_id).join(Category, Category.id == Topic.category_id)
    return authors.joined(statement, Post.author_id).order_by(best.c.rank, best.c.id.desc())


def _narrowed(session: Session, asker: Asker, wish: Wish) -> list[ColumnElement[bool]] | None:
    """What the filters ask for; None when they name somebody whom whoever asks may not find."""
    asked: list[ColumnElement[bool]] = []
    if wish.author:
        author = member_behind(session, asker.viewer, wish.author)
        if author is None or (asker.actor is None and not authors.is_named_to_visitors(session, author)):
            return None
        asked.append(Post.author_id == author)
    if wish.place:
        asked.append(Category.slug == wish.place)
    if wish.language:
        asked.append(Post.language == wish.language)
    if wish.tag:
        marked = select(TopicTag.topic_id).join(Tag, Tag.id == TopicTag.tag_id).where(Tag.key == wish.tag)
        asked.append((Topic.id + 0).in_(marked))
    if wish.since:
        asked.append(Post.posted_at >= datetime.combine(wish.since, time.min, UTC))
    if wish.until:
        asked.append(Post.posted_at <= datetime.combine(wish.until, time.max, UTC))
    return asked
