"""Writing in the world of permissions: a topic of Ana's with a poll, a file, a change, and a post she deleted."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from academy.uploads import service as uploads
from academy.uploads.service import Parcel
from alumni.forum.drafts import service as drafts
from alumni.forum.drafts.rules import Sketch
from alumni.forum.places.models import Category
from alumni.forum.polls import service as polls
from alumni.forum.polls.models import PollOption
from alumni.forum.polls.rules import Asked
from alumni.forum.topics import attachments, editing, service
from alumni.forum.topics.editing_rules import Change, Editor
from alumni.forum.topics.models import Post, PostFile, Tag, Topic
from alumni.forum.topics.rules import Words
from tests import makers

NAMES = (
    "Crossings",
    "Which crossing opens first?",
    "Which crossing opens first this year?",
    "Bring the list of names.",
    "The upper bridge",
    "The lower bridge",
    "Bridges as they stand",
    "We measured them",
)
"""What is typed there."""


def build(session: Session, people: Mapping[str, Member], slug: str) -> dict[str, str]:
    """Make it in this place; returns what addresses call it. Wants an application context."""
    ana, now, then = people["ana"].id, clock.now(), makers.LONG_AGO
    where = session.scalars(select(Category).where(Category.slug == slug)).one()
    topic = service.begin_topic(session, category_id=where.id, by=ana, title=NAMES[0], words=Words(NAMES[1]), now=then)
    first = service.first_post(session, topic.id)
    own = Editor(ana, writes=True)
    editing.edit(session, post_id=first.id, change=Change(NAMES[2], 0, reason=NAMES[7]), editor=own, now=now)
    gone = service.reply(session, topic_id=topic.id, by=ana, words=Words(NAMES[3]), now=now)
    editing.take_back(session, post_id=gone.id, editor=own, now=now)
    drafts.keep(session, member_id=ana, place=f"topic:{topic.id}", sketch=Sketch(NAMES[3]), now=now)
    tag = Tag(key="bridges", words="bridges")
    session.add(tag)
    session.flush()
    return {
        "poll-topic": str(topic.id),
        "poll-option": _poll(session, topic),
        "file-post": str(first.id),
        "forum-file": _file(session, first),
        "deleted-post": str(gone.id),
        "forum-draft": f"topic:{topic.id}",
        "forum-tag-number": str(tag.id),
        "last-day": f"{now + timedelta(days=7):%Y-%m-%d}",
    }


def _poll(session: Session, topic: Topic) -> str:
    asked = Asked(NAMES[1], NAMES[4:6], 1, secret=False, ends_at=clock.now() + timedelta(days=7))
    poll = polls.ask(session, topic_id=topic.id, asked=asked)
    return str(session.scalars(select(PollOption.id).where(PollOption.poll_id == poll.id)).first())


def _file(session: Session, post: Post) -> str:
    parcel = Parcel("file.pdf", "application/pdf", b"%PDF-1.7 of bridges")
    uploads.store_bytes(parcel, post.author_id or 0)
    attachments.attach(session, post=post, parcel=parcel, name=NAMES[6], now=clock.now())
    return str(session.scalars(select(PostFile.id).where(PostFile.post_id == post.id)).one())
