"""The forum in the world of permissions: a topic that anybody may read, and one of Ana's for alumni, with a tag."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.forum.places import circles
from alumni.forum.places import service as places
from alumni.forum.places.models import Category
from alumni.forum.places.service import Outline
from alumni.forum.topics import service
from alumni.forum.topics.models import Post, Tag, Topic, TopicTag
from alumni.forum.topics.rules import Words
from tests import makers

TITLE, ASKED, ANSWERED = "Wells and weather", "Whose turn is it at the sluice?", "Mine, until the thaw."
NAMES = ("Town square", "Fireside", TITLE, "Sluices", ASKED, ANSWERED, "water rights")
"""What is typed there."""


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Make them; returns what addresses call them. Wants an application context."""
    ana, zoya, then = people["ana"].id, people["zoya"].id, makers.LONG_AGO
    public = _place(session, "town-square", NAMES[0], circles.EVERYONE)
    alumni = _place(session, "fireside", NAMES[1], circles.ALUMNI)
    open_topic = service.begin_topic(session, category_id=public.id, by=ana, title=TITLE, words=Words(ASKED), now=then)
    closed = service.begin_topic(session, category_id=alumni.id, by=ana, title=NAMES[3], words=Words(ASKED), now=then)
    answer = service.reply(session, topic_id=closed.id, by=zoya, words=Words(ANSWERED), now=then)
    tag = Tag(key="water", words=NAMES[6])
    session.add(tag)
    session.flush()
    session.add(TopicTag(topic_id=closed.id, tag_id=tag.id))
    session.flush()
    return {
        "open-place": public.slug,
        "alumni-place": alumni.slug,
        "open-topic": str(open_topic.id),
        "open-topic-words": "wells-and-weather",
        "open-post": _first_post(session, open_topic),
        "alumni-topic": str(closed.id),
        "alumni-topic-words": "sluices",
        "alumni-post": str(answer.id),
        "own-post": _first_post(session, closed),
        "forum-tag": tag.key,
    }


def _place(session: Session, slug: str, name: str, readers: str) -> Category:
    writers = circles.MEMBERS if readers == circles.EVERYONE else readers
    return places.open_place(session, Outline(slug, name, readers, writers, writers), makers.LONG_AGO)


def _first_post(session: Session, topic: Topic) -> str:
    return str(session.scalars(select(Post.id).where(Post.topic_id == topic.id).order_by(Post.number)).first())
