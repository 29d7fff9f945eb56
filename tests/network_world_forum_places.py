"""Places of the forum in the world of the table of permissions: one that Zoya looks after, one without topics."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.actor import Actor, Role
from academy.people.models import Member
from alumni.forum.order import judging, reporting
from alumni.forum.order.models import WAIT, WORD, Watched
from alumni.forum.places import circles
from alumni.forum.places import service as places
from alumni.forum.places.models import Keeper
from alumni.forum.places.service import Outline
from alumni.forum.topics import service
from alumni.forum.topics.models import Post, State
from alumni.forum.topics.rules import Words
from alumni.moderation.deciding import Decision
from tests import makers

SAID = "The bucket is heavy in the morning."
NAMES = ("At the well", "Empty room", "easy money", "Buckets", "Ropes", "Night watch", SAID)
"""What is typed there."""
FAR = datetime(2999, 1, 1, tzinfo=UTC)


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Make them; returns what addresses call them."""
    then, members = makers.LONG_AGO, circles.MEMBERS
    kept, empty = (
        places.open_place(session, Outline(slug, name, members, members, members), then)
        for slug, name in (("at-the-well", NAMES[0]), ("empty-room", NAMES[1]))
    )
    session.add(Keeper(category_id=kept.id, member_id=people["zoya"].id, since=then))
    watched = Watched(kind=WORD, key="easy money", words="easy money", deed=WAIT, made_by=None, made_at=then)
    session.add(watched)
    session.flush()
    lena, ana = people["lena"].id, people["ana"].id
    topic, other, secret = (
        service.begin_topic(
            session, category_id=kept.id, by=lena, title=title, words=Words(SAID), ends_at=ends_at, now=then
        )
        for title, ends_at in ((NAMES[3], None), (NAMES[4], None), (NAMES[5], FAR))
    )
    post = service.reply(session, topic_id=topic.id, by=ana, words=Words(SAID), now=then)
    waiting = service.reply(session, topic_id=topic.id, by=ana, words=Words(SAID), state=State.WAITING, now=then)
    reporting.wait(session, waiting, then)
    hidden = service.reply(session, topic_id=topic.id, by=ana, words=Words(SAID), now=then)
    judge = Actor(people["mina"].id, "Mina", roles=frozenset({Role("moderator")}))
    judging.decide(session, hidden, Decision("hidden", "", "spam", "No."), review=False, seen=0, by=judge, now=then)
    spoken = session.scalar(select(Post.id).where(Post.topic_id == secret.id))
    return {
        "kept-topic": str(topic.id),
        "kept-other-topic": str(other.id),
        "kept-post": str(post.id),
        "kept-waiting-post": str(waiting.id),
        "kept-hidden-post": str(hidden.id),
        "kept-secret-post": str(spoken),
        "watched-word": str(watched.id),
        "forum-place": kept.slug,
        "empty-forum-place": empty.slug,
        "forum-keeper": str(people["zoya"].id),
    }
