"""Tags: words that topics are marked with, each kept once however it was typed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.folding import fold
from alumni.forum.topics.models import State, Tag, Topic, TopicTag
from alumni.forum.topics.tag_rules import MOST_TAGS

SUGGESTED, LOOKED_THROUGH = 12, 200
PAGE = 100


def tag_topic(session: Session, topic_id: int, words: Sequence[str]) -> None:
    """Mark a topic with these tags and no others."""
    wanted = numbers_of(session, words[:MOST_TAGS])
    there = set(session.scalars(select(TopicTag.tag_id).where(TopicTag.topic_id == topic_id)))
    session.execute(delete(TopicTag).where(TopicTag.topic_id == topic_id, TopicTag.tag_id.in_(there - wanted)))
    if wanted - there:
        session.execute(insert(TopicTag), [{"topic_id": topic_id, "tag_id": each} for each in sorted(wanted - there)])


def numbers_of(session: Session, words: Sequence[str]) -> set[int]:
    """The numbers of these tags; those that were not there are made."""
    keys = {fold(each): each for each in words if fold(each)}
    if not keys:
        return set()
    new = insert_into(Tag, session.get_bind())
    rows = [{"key": key, "words": said} for key, said in sorted(keys.items())]
    session.execute(new.values(rows).on_conflict_do_nothing(index_elements=["key"]))
    return set(session.scalars(select(Tag.id).where(Tag.key.in_(keys))))


def tags_of(session: Session, topic_id: int) -> list[str]:
    """The words of a topic's tags."""
    theirs = select(Tag.words).join(TopicTag, TopicTag.tag_id == Tag.id).where(TopicTag.topic_id == topic_id)
    return list(session.scalars(theirs.order_by(Tag.key)))


def suggested(session: Session, category_id: int) -> list[str]:
    """The tags most used among the latest topics of a place (one query)."""
    latest = select(Topic.id).where(Topic.category_id == category_id, Topic.state == State.SHOWN)
    some = select(latest.order_by(Topic.pinned.desc(), Topic.last_post_id.desc()).limit(LOOKED_THROUGH).subquery().c.id)
    counted = (
        select(Tag.words)
        .join(TopicTag, TopicTag.tag_id == Tag.id)
        .where(TopicTag.topic_id.in_(some))
        .group_by(Tag.id, Tag.words, Tag.key)
        .order_by(func.count().desc(), Tag.key)
    )
    return list(session.scalars(counted.limit(SUGGESTED)))


def rename(session: Session, *, tag_id: int, words: str) -> None:
    """Call a tag something else; if there is a tag of that name, the two become one."""
    tag = session.get(Tag, tag_id, with_for_update=True)
    key = fold(words)
    if tag is None or not key:
        return
    same = session.scalar(select(Tag).where(Tag.key == key, Tag.id != tag.id).with_for_update())
    if same is None:
        tag.key, tag.words = key, words
        session.flush()
        return
    both = select(TopicTag.topic_id).where(TopicTag.tag_id == same.id)
    session.execute(delete(TopicTag).where(TopicTag.tag_id == tag.id, TopicTag.topic_id.in_(both)))
    session.execute(update(TopicTag).where(TopicTag.tag_id == tag.id).values(tag_id=same.id))
    same.words = words
    session.delete(tag)
    session.flush()


def tag(session: Session, tag_id: int) -> Tag | None:
    """A tag by its number."""
    return session.get(Tag, tag_id)


def page_of(session: Session, after: str = "") -> Sequence[Any]:
    """Tags in the order of their letters, with how many topics each marks; one more than fits if there are more."""
    count = select(func.count()).where(TopicTag.tag_id == Tag.id).scalar_subquery()
    some = select(Tag.id, Tag.key, Tag.words, count.label("topics")).where(Tag.key > after)
    return session.execute(some.order_by(Tag.key).limit(PAGE + 1)).all()
