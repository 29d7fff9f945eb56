"""Whom a post concerns, as parts of queries: however many watch a topic, nobody is read one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, union, union_all
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.blocks.models import Block
from alumni.forum.following.rules import BEGAN, WROTE
from alumni.forum.places import readers
from alumni.forum.places.models import Category
from alumni.forum.topics.models import Level, PlaceStanding, Post, PostEdit, Standing, State, Topic
from alumni.profiles.models import Profile


@dataclass(frozen=True, slots=True)
class About:
    """A post that is shown, where it stands, and for whom the place is."""

    post: Post
    topic_id: int
    topic_author: int | None
    category_id: int
    circle: str


def told_of(session: Session, posts: Sequence[Post]) -> list[About]:
    """Those of these posts that stand in topics others see, with what is needed to tell of them (one query)."""
    topics = select(Topic.id, Topic.author_id, Topic.category_id, Category.readers)
    topics = topics.join(Category, Category.id == Topic.category_id)
    shown = topics.where(Topic.id.in_({each.topic_id for each in posts}), Topic.state == State.SHOWN)
    found = {row.id: row for row in session.execute(shown)}
    return [
        About(each, row.id, row.author_id, row.category_id, row.readers)
        for each in posts
        if (row := found.get(each.topic_id)) is not None
    ]


def behind_handles(session: Session, handles: Collection[str]) -> dict[str, int]:
    """Whose handles these are (one query)."""
    theirs = select(Profile.handle, Profile.member_id).where(Profile.handle.in_(handles))
    return {row.handle: row.member_id for row in session.execute(theirs)} if handles else {}


def authors_of(session: Session, post_ids: Collection[int]) -> dict[int, int]:
    """Who wrote these posts, as far as they stand and their authors are here (one query)."""
    theirs = select(Post.id, Post.author_id).where(
        Post.id.in_(post_ids), Post.author_id.is_not(None), Post.deed == "", Post.state == State.SHOWN
    )
    return {row.id: row.author_id for row in session.execute(theirs)} if post_ids else {}


def earlier_texts(session: Session, post_ids: Collection[int]) -> dict[int, list[str]]:
    """What these posts said before they were changed (one query)."""
    found: dict[int, list[str]] = {}
    edits = select(PostEdit.post_id, PostEdit.text).where(PostEdit.post_id.in_(post_ids))
    for row in session.execute(edits) if post_ids else ():
        found.setdefault(row.post_id, []).append(row.text)
    return found


def those(about: About, member_ids: Collection[int]) -> Select[int]:
    """Those of these members whom the post may be told to."""
    return _followers(about).where(Member.id.in_(member_ids))


def not_watching(about: About, member_ids: Collection[int]) -> Select[int]:
    """The same without those who watch: they were told of the post when it was new."""
    return those(about, member_ids).where(~_watches())


def watchers(about: About) -> Select[int]:
    """Those who watch the topic or its place, may be told of the post, and have not read it yet."""
    topic = select(Standing.member_id).where(Standing.topic_id == about.topic_id, Standing.level == Level.WATCH)
    place = select(PlaceStanding.member_id).where(
        PlaceStanding.category_id == about.category_id, PlaceStanding.level == Level.WATCH
    )
    unread = func.coalesce(Standing.read_to, 0) < about.post.number
    return _followers(about).where(Member.id.in_(union(topic, place)), _watches(), unread)


def _followers(about: About) -> Select[int]:
    """Everybody who may be told of a post, with how they follow its topic and its place."""
    standing = and_(Standing.member_id == Member.id, Standing.topic_id == about.topic_id)
    place = and_(PlaceStanding.member_id == Member.id, PlaceStanding.category_id == about.category_id)
    people = select(Member.id).outerjoin(Standing, standing).outerjoin(PlaceStanding, place)
    return people.where(readers.is_in(about.circle), ~_mutes(), *_apart(about))


def _said() -> ColumnElement[bool]:
    """Whether somebody chose themselves how they follow the topic; see `following.rules.following`."""
    return and_(func.coalesce(Standing.level, "") != "", Standing.why == "")


def _wrote() -> ColumnElement[bool]:
    return func.coalesce(Standing.why, "").in_((BEGAN, WROTE))


def _mutes() -> ColumnElement[bool]:
    said, level = _said(), func.coalesce(Standing.level, "")
    place = func.coalesce(PlaceStanding.level, "")
    return or_(level == Level.MUTE, and_(place == Level.MUTE, ~func.coalesce(said, false()), ~_wrote()))


def _watches() -> ColumnElement[bool]:
    said, level = func.coalesce(_said(), false()), func.coalesce(Standing.level, "")
    place = func.coalesce(PlaceStanding.level, "")
    return or_(level == Level.WATCH, and_(place == Level.WATCH, ~said))


def _apart(about: About) -> Sequence[ColumnElement[bool]]:
    """Neither the author, nor anybody between whom and the author one keeps the other away.

    Whoever began the topic counts too: for those whom they keep away there is no such topic.
    """
    author = about.post.author_id
    if author is None:
        return (Member.id != (about.topic_author or 0),)
    blocks = select(Block.member_id).where(Block.blocked_id == author)
    blocked = select(Block.blocked_id).where(Block.member_id.in_({author, about.topic_author or author}))
    return (Member.id != author, Member.id.not_in(blocks), Member.id.not_in(blocked))


def topics_now(session: Session, member_id: int, topic_ids: Collection[int]) -> Mapping[int, tuple[str, bool, str]]:
    """The title, closed doors and place of those of these topics that a member may read now (two queries)."""
    kept_away = select(Block.member_id).where(Block.blocked_id == member_id)
    topics = select(Topic.id, Topic.title, Topic.behind_doors, Category.name, Category.readers)
    topics = topics.join(Category, Category.id == Topic.category_id)
    there = Topic.id.in_(topic_ids), Topic.state == State.SHOWN, func.coalesce(Topic.author_id, 0).not_in(kept_away)
    found = session.execute(topics.where(*there)).all()
    open_to = _circles_of(session, member_id, {row.readers for row in found})
    return {row.id: (row.title, row.behind_doors, row.name) for row in found if row.readers in open_to}


def _circles_of(session: Session, member_id: int, circles: Collection[str]) -> set[str]:
    if not circles:
        return set()
    ways = [
        select(literal(each).label("circle")).where(Member.id == member_id, readers.is_in(each))
        for each in sorted(circles)
    ]
    return set(session.scalars(union_all(*ways)))
