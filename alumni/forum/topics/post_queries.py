"""Reads of single posts: for whoever follows a link to them, edits them, looks at their history or their files."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from academy.db import rows
from alumni.blocks.queries import blockers_of
from alumni.forum.places.asking import Asker, may_read, may_read_as
from alumni.forum.places.models import Category, Keeper
from alumni.forum.topics import authors
from alumni.forum.topics.models import Post, PostEdit, State, Topic
from alumni.forum.topics.rules import Rights, rights_in


@dataclass(frozen=True, slots=True)
class Seen:
    """A post as whoever asks stands to it, with its topic and its place."""

    post: Post
    topic: Topic
    category: Category
    rights: Rights


def seen_post(session: Session, asker: Asker, post_id: int) -> Seen | None:
    """A post, if whoever asks may know what it says or said: their own, or one that stands (one query)."""
    keeps = select(Keeper.member_id).where(Keeper.category_id == Category.id, Keeper.member_id == asker.member_id)
    away = Post.author_id.in_(blockers_of(asker.member_id))
    found = (
        select(Post, Topic, Category, keeps.exists().label("keeps"), away.label("away"))
        .join(Topic, Topic.id == Post.topic_id)
        .join(Category, Category.id == Topic.category_id)
        .where(Post.id == post_id, Post.deed == "", may_read(asker))
    )
    row = session.execute(found).one_or_none()
    if row is None:
        return None
    rights = rights_in(asker, row.Category, row.Topic, keeps=bool(row.keeps))
    seen = Seen(row.Post, row.Topic, row.Category, rights)
    return seen if _is_open(seen, asker, away=bool(row.away)) else None


def _is_open(seen: Seen, asker: Asker, *, away: bool) -> bool:
    if seen.rights.keep_order:
        return True
    mine = asker.member_id != 0 and seen.post.author_id == asker.member_id
    topic_there = seen.topic.state == State.SHOWN or (mine and seen.topic.state in {State.WAITING, State.DELETED})
    shown = seen.post.state == State.SHOWN and not away
    return topic_there and (shown or (mine and seen.post.state in {State.WAITING, State.DELETED}))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a post is: its topic, its number there; the title is '' where the topic is out of sight."""

    topic_id: int
    number: int
    title: str
    behind_doors: bool


def spot_of(session: Session, asker: Asker, post_id: int) -> Spot | None:
    """Where a post is now, if whoever asks may read its place (one query)."""
    seen = and_(Topic.state == State.SHOWN, authors.not_by_whoever_keeps_away(asker.kind, Topic.author_id))
    title = case((seen, Topic.title), else_="").label("title")
    statement = select(Topic.id, Post.number, title, Topic.behind_doors).join(Topic, Topic.id == Post.topic_id)
    statement = statement.join(Category, Category.id == Topic.category_id).where(Post.id == post_id)
    row = rows(session, statement.where(may_read_as(asker.kind)), asker.values).one_or_none()
    return Spot(*row) if row else None


def edits_of(session: Session, post_id: int) -> Sequence[PostEdit]:
    """What a post said before each of its edits, the first first."""
    return session.scalars(select(PostEdit).where(PostEdit.post_id == post_id).order_by(PostEdit.id)).all()


def voice_in(session: Session, topic_id: int, author_id: int | None) -> int:
    """The number that stands for this author in a topic behind closed doors: theirs, or the next one."""
    own = select(Post.voice).where(Post.topic_id == topic_id, Post.author_id == author_id, Post.voice.is_not(None))
    last = select(func.coalesce(func.max(Post.voice), 0)).where(Post.topic_id == topic_id)
    return session.scalar(own.limit(1)) or (session.scalar(last) or 0) + 1
