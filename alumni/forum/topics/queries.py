"""Reads of topics and posts: each page's statement is built once for each kind of askers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased

from academy.db import BigId, rows
from academy.dialects import lines_of, one_line
from academy.notices.models import Notice
from alumni.forum.drafts.models import Draft
from alumni.forum.places.asking import Asker, Kind, may_read_as
from alumni.forum.places.models import Category
from alumni.forum.places.queries import is_kept_by
from alumni.forum.topics import authors
from alumni.forum.topics.models import (
    ForumChoice,
    Helpful,
    PlaceStanding,
    Post,
    Standing,
    State,
    Tag,
    Topic,
    TopicTag,
)
from alumni.forum.topics.rules import PAGE, about

_TOPIC = bindparam("topic", type_=BigId)
MOST_ANSWERS = 50
_Answer, _Parent = aliased(Post), aliased(Post)
_TAG: list[Any] = [Tag.key, Tag.words]
PLACE = (
    Category.id.label("category_id"),
    Category.slug,
    Category.name.label("category"),
    Category.readers,
    Category.writers,
    Category.starters,
    Category.archived_at,
)
"""What pages know of the place around a topic."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A topic with its place, as one asker stands to both. `gone`: for this asker its author took it back.

    `level` and `why` say how closely the asker follows it, `place_level` how closely the place, `read_to` how far they
    read, `from_post` and `read_before` up to which post everything counts as read (-1: they never were here).
    `tags` are pairs of key and words, `draft` is what they began to write here, `begun_by` who began it, `told` that
    notices about it wait to be read.
    """

    id: int
    title: str
    language: str
    state: str
    version: int
    begun_by: int | None
    begun_at: datetime
    last_post_id: int
    last_posted_at: datetime
    last_number: int
    posts: int
    pinned: int
    closed_at: datetime | None
    answer_id: int | None
    behind_doors: bool
    has_poll: bool
    ends_at: datetime | None
    merged_into: int | None
    category_id: int
    slug: str
    category: str
    readers: str
    writers: str
    starters: str
    archived_at: datetime | None
    read_to: int
    level: str
    why: str
    place_level: str
    read_before: int
    from_post: int
    keeps: bool
    answer: int | None
    draft: str
    tags: tuple[tuple[str, str], ...]
    gone: bool
    told: bool


def tags_of_topic() -> ColumnElement[str]:
    """The keys and words of a topic's tags, as a column of a statement over topics; see `tag_pairs`."""
    theirs = select(lines_of(one_line(*_TAG))).join(TopicTag, TopicTag.tag_id == Tag.id)
    return theirs.where(TopicTag.topic_id == Topic.id).correlate(Topic).scalar_subquery().label("tags")


def tag_pairs(lines: str | None) -> tuple[tuple[str, str], ...]:
    """The tags out of that column, in the order of their keys."""
    pairs = (line.partition("|") for line in (lines or "").splitlines())
    return tuple(sorted((key, words) for key, _bar, words in pairs))


STANDING: tuple[ColumnElement[Any], ...] = (
    func.coalesce(Standing.read_to, 0).label("read_to"),
    func.coalesce(Standing.level, "").label("level"),
    func.coalesce(Standing.why, "").label("why"),
    func.coalesce(PlaceStanding.level, "").label("place_level"),
    func.coalesce(PlaceStanding.read_before, 0).label("read_before"),
    func.coalesce(ForumChoice.from_post, -1).label("from_post"),
)
"""How far somebody read a topic and how closely they follow it; see `with_standing`."""


def with_standing(statement: Select[Any], me: ColumnElement[int]) -> Select[Any]:
    """A statement over topics and categories with the tables of `STANDING`."""
    return (
        statement.outerjoin(Standing, and_(Standing.topic_id == Topic.id, Standing.member_id == me))
        .outerjoin(PlaceStanding, and_(PlaceStanding.category_id == Category.id, PlaceStanding.member_id == me))
        .outerjoin(ForumChoice, ForumChoice.member_id == me)
    )


@cache
def _thread(kind: Kind) -> Select[Any]:
    me = kind.viewer.member_id
    keeps = is_kept_by(me)
    draft = select(Draft.text).where(Draft.member_id == me, Draft.place == bindparam("place")).scalar_subquery()
    told = select(Notice.id).where(Notice.about == bindparam("about"), Notice.member_id == me, Notice.read_at.is_(None))
    statement: Select[Any] = (
        select()
        .add_columns(
            Topic.id,
            Topic.title,
            Topic.language,
            Topic.state,
            Topic.version,
            Topic.author_id.label("begun_by"),
            Topic.begun_at,
            Topic.last_post_id,
            Topic.last_posted_at,
            Topic.last_number,
            Topic.posts,
            Topic.pinned,
            Topic.closed_at,
            Topic.answer_id,
            Topic.behind_doors,
            Topic.has_poll,
            Topic.ends_at,
            Topic.merged_into,
            *PLACE,
            *STANDING,
            keeps.label("keeps"),
            _Answer.number.label("answer"),
            func.coalesce(draft, "").label("draft"),
            tags_of_topic(),
            (~authors.not_by_whoever_keeps_away(kind, Topic.author_id)).label("gone"),
            told.exists().label("told"),
        )
        .join(Category, Category.id == Topic.category_id)
        .outerjoin(_Answer, and_(_Answer.id == Topic.answer_id, _Answer.topic_id == Topic.id))
        .where(Topic.id == _TOPIC, may_read_as(kind))
    )
    return with_standing(statement, me)


def thread_for(session: Session, asker: Asker, topic_id: int) -> Thread | None:
    """The topic with this number, if whoever asks may know of it (one query)."""
    asked = {**asker.values, "topic": topic_id, "place": f"topic:{topic_id}", "about": about(topic_id)}
    row = rows(session, _thread(asker.kind), asked).one_or_none()
    if row is None:
        return None
    keeps, answer, draft, tags, away, told = row[-6:]
    keeper = keeps or asker.keeps_order
    gone = bool(row.state == State.DELETED or (away and not keeper))
    values: tuple[Any, ...] = (*row[:-6], bool(keeps), answer, draft, tag_pairs(tags), gone, bool(told))
    found = Thread(*values)
    own = asker.member_id != 0 and found.begun_by == asker.member_id
    there = found.state in {State.SHOWN, State.DELETED} or found.merged_into is not None
    return found if there or keeper or (own and found.state == State.WAITING) else None


@cache
def _posts(kind: Kind) -> Select[Any]:
    window = Post.number >= bindparam("first"), Post.number < bindparam("end")
    return _of_topic(kind).where(*window)


@cache
def _answers(kind: Kind) -> Select[Any]:
    theirs = Post.reply_to == bindparam("post", type_=BigId), Post.state == State.SHOWN
    return _of_topic(kind).where(*theirs).limit(MOST_ANSWERS)


def _of_topic(kind: Kind) -> Select[Any]:
    me = kind.viewer.member_id
    helped = select(Helpful.post_id).where(Helpful.post_id == Post.id, Helpful.member_id == me).exists()
    columns = (
        *(Post.html, Post.id, Post.number, Post.language, Post.warning, Post.state, Post.posted_at, Post.edited_at),
        *(Post.edits, Post.wiki, Post.locked, Post.helpful, Post.voice, Post.files, Post.deed),
    )
    answer = aliased(Post)
    theirs = answer.reply_to == Post.id, answer.topic_id == _TOPIC, answer.state == State.SHOWN
    replies = select(func.count()).select_from(answer).where(*theirs).scalar_subquery()
    about = case((Post.deed != "", Post.text), else_="").label("about")
    statement: Select[Any] = select().add_columns(
        *columns, about, _Parent.number.label("answers"), helped.label("helped"), replies.label("replies")
    )
    statement = statement.add_columns(*authors.columns(kind, Post.author_id))
    statement = authors.joined(statement, Post.author_id)
    statement = statement.outerjoin(_Parent, and_(_Parent.id == Post.reply_to, _Parent.topic_id == Post.topic_id))
    return statement.where(Post.topic_id == _TOPIC).order_by(Post.number)


def posts_on(session: Session, asker: Asker, topic_id: int, first: int) -> list[Any]:
    """The posts of a page that begins with this number, the states of all of them as they are (one query).

    The first column of a row holds its words, the others all that decides how these are shown.
    """
    values = {"viewer": asker.member_id, "topic": topic_id, "first": first, "end": first + PAGE}
    return list(rows(session, _posts(asker.kind), values).all())


def answers_to(session: Session, asker: Asker, topic_id: int, post_id: int) -> list[Any]:
    """The posts of this topic that answer one of it, the first first (one query)."""
    values = {"viewer": asker.member_id, "topic": topic_id, "post": post_id}
    return list(rows(session, _answers(asker.kind), values).all())
