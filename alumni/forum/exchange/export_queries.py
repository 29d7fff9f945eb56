"""Reads of everything there is in the forum, in portions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, select, true
from sqlalchemy.orm import Session

from academy.people.models import Member
from academy.uploads.models import Upload
from alumni.audiences import Audience
from alumni.forum.places import circles
from alumni.forum.places.models import Category, Keeper
from alumni.forum.polls.models import Poll, PollChoice, PollOption
from alumni.forum.topics.models import Post, PostEdit, PostFile, State, Tag, Topic, TopicTag
from alumni.groups.models import Entry, Group
from alumni.profiles.models import Profile
from alumni.profiles.queries import naming
from alumni.profiles.viewers import Viewer

SOME = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extent:
    """What of the forum is written out beside what is in every export."""

    closed_doors: bool = False
    hidden_groups: bool = False
    addresses: bool = False


def places(session: Session, extent: Extent) -> Sequence[Category]:
    """The places, in their order."""
    return session.scalars(select(Category).where(_told(extent)).order_by(Category.place, Category.id)).all()


def _told(extent: Extent) -> ColumnElement[bool]:
    """Places that have nothing to do with a hidden group."""
    if extent.hidden_groups:
        return true()
    hidden = select(literal(f"{circles.GROUP}:") + cast(Group.id, String)).where(Group.entry == Entry.HIDDEN)
    theirs = (Category.readers, Category.writers, Category.starters, func.coalesce(Category.made_for, ""))
    return and_(*(each.not_in(hidden) for each in theirs))


def keepers(session: Session) -> dict[int, list[int]]:
    """Who looks after each place."""
    found: dict[int, list[int]] = {}
    for row in session.execute(select(Keeper.category_id, Keeper.member_id).order_by(Keeper.member_id)):
        found.setdefault(row.category_id, []).append(row.member_id)
    return found


def topics(session: Session, extent: Extent, after: int) -> Sequence[Topic]:
    """The next topics by number; what its author deleted is not told of."""
    found = select(Topic).join(Category, Category.id == Topic.category_id).where(_told(extent), Topic.id > after)
    found = found.where(Topic.state != State.DELETED)
    if not extent.closed_doors:
        found = found.where(~Topic.behind_doors)
    return session.scalars(found.order_by(Topic.id).limit(SOME)).all()


def tags(session: Session, topic_ids: Collection[int]) -> dict[int, list[str]]:
    """The tags of these topics."""
    theirs = select(TopicTag.topic_id, Tag.words).join(Tag, Tag.id == TopicTag.tag_id)
    return _gathered(session, theirs.where(TopicTag.topic_id.in_(topic_ids)).order_by(Tag.key))


def polls(session: Session, topic_ids: Collection[int]) -> dict[int, tuple[Poll, list[PollOption]]]:
    """The polls of these topics with their options."""
    theirs = select(Poll, PollOption).join(PollOption, PollOption.poll_id == Poll.id)
    found: dict[int, tuple[Poll, list[PollOption]]] = {}
    rows = session.execute(theirs.where(Poll.topic_id.in_(topic_ids)).order_by(Poll.id, PollOption.place))
    for poll, option in rows:
        found.setdefault(poll.topic_id, (poll, []))[1].append(option)
    return found


def choices(session: Session, topic_ids: Collection[int]) -> dict[int, list[int]]:
    """Who chose each option of the open polls of these topics."""
    theirs = select(PollChoice.option_id, PollChoice.member_id).join(PollOption, PollOption.id == PollChoice.option_id)
    theirs = theirs.join(Poll, Poll.id == PollOption.poll_id).where(Poll.topic_id.in_(topic_ids), ~Poll.secret)
    return _gathered(session, theirs.order_by(PollChoice.member_id))


def posts(session: Session, topic_id: int, after: int) -> Sequence[Post]:
    """The next posts of a topic by their number in it."""
    found = select(Post).where(Post.topic_id == topic_id, Post.number > after)
    return session.scalars(found.order_by(Post.number).limit(SOME)).all()


def edits(session: Session, post_ids: Collection[int]) -> dict[int, list[PostEdit]]:
    """What these posts said before."""
    found: dict[int, list[PostEdit]] = {}
    for each in session.scalars(select(PostEdit).where(PostEdit.post_id.in_(post_ids)).order_by(PostEdit.id)):
        found.setdefault(each.post_id, []).append(each)
    return found


def files(session: Session, post_ids: Collection[int]) -> dict[int, list[tuple[str, Upload]]]:
    """The files of these posts with what their owners call them."""
    theirs = select(PostFile.post_id, PostFile.name, Upload).join(Upload, Upload.id == PostFile.upload_id)
    found: dict[int, list[tuple[str, Upload]]] = {}
    for row in session.execute(theirs.where(PostFile.post_id.in_(post_ids)).order_by(PostFile.id)):
        found.setdefault(row.post_id, []).append((row.name, row.Upload))
    return found


def people(session: Session, member_ids: Collection[int]) -> Sequence[Any]:
    """How the forum names these members to alumni who share nothing else with them, and their addresses."""
    name, hides, handle, _photo = naming(Viewer(0, Audience.NETWORK))
    theirs = select(Member.id, Member.email, name, hides, handle)
    theirs = theirs.outerjoin(Profile, Profile.member_id == Member.id).where(Member.id.in_(member_ids))
    return session.execute(theirs.order_by(Member.id)).all()


def _gathered(session: Session, pairs: Select[int, T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in session.execute(pairs):
        found.setdefault(key, []).append(value)
    return found
