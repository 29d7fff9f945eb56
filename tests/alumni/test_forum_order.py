"""Order in the forum: topics closed, moved, split and merged; posts hidden, waiting and shown."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.people.actor import Actor, Role
from academy.people.models import Member
from alumni.forum.order import moving, reporting, states
from alumni.forum.order.moving import Keeping
from alumni.forum.order.refusals import ChangedMeanwhile, NothingPicked, SameTopic
from alumni.forum.topics import service
from alumni.forum.topics.models import Level, Post, Standing, State, Topic
from alumni.moderation.models import Case
from alumni.moderation.service import Complaint, report
from alumni.moderation.subjects import subject_of
from tests.alumni import forum_stage

NOW = clock.now()


@pytest.fixture
def keeping(mina: Member) -> Keeping:
    """Mina acts now."""
    return Keeping(Actor(mina.id, "Mina", roles=frozenset({Role("moderator")})), NOW)


@pytest.fixture
def topic(app: Flask, session: Session, lena: Member, ana: Member) -> Iterator[Topic]:
    """A topic of Lena's with four posts, while a request is under way."""
    replies = ((ana, "Two."), (lena, "Three."), (ana, "Four."))
    made = forum_stage.topic(app, session, forum_stage.place(session), lena, "Gates", *replies, text="One.")
    with app.test_request_context():
        yield made


def texts(session: Session, topic_id: int) -> list[str]:
    """What stands in a topic, in its order; the site's own lines are their words."""
    theirs = select(Post).where(Post.topic_id == topic_id).order_by(Post.number)
    return [post.deed or post.text for post in session.scalars(theirs)]


def test_what_keepers_do_stands_in_the_topic_and_in_the_audit_log(
    session: Session, topic: Topic, keeping: Keeping
) -> None:
    for _twice in range(2):
        moving.close(session, topic.id, keeping, shut=True)
    moving.pin(session, topic.id, keeping, how=moving.PINNED)
    there = forum_stage.place(session, "Elsewhere")
    moving.move(session, topic.id, keeping, to=there)
    assert texts(session, topic.id)[4:] == ["closed", "pinned", "moved"]
    assert (topic.category_id, topic.posts, topic.last_number) == (there.id, 4, 7)
    log = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("forum.topic")))
    assert list(log) == ["forum.topic.closed", "forum.topic.pinned", "forum.topic.moved"]


def test_a_split_takes_posts_along_and_their_addresses(session: Session, topic: Topic, keeping: Keeping) -> None:
    third = forum_stage.post_of(session, topic, 3)
    topic.answer_id = third.id
    new = moving.split(session, topic.id, keeping, numbers=[3, 4], title="Another gate")
    session.expire_all()
    assert texts(session, new.id) == ["Three.", "Four.", "came_from"]
    assert texts(session, topic.id) == ["One.", "Two.", "split_off"]
    assert (third.topic_id, third.number, third.settled_at) == (new.id, 1, None)
    assert (topic.posts, new.posts, new.author_id) == (2, 2, third.author_id)
    assert topic.last_post_id < new.last_post_id
    assert session.get_one(Topic, topic.id).answer_id is None


@pytest.mark.parametrize("numbers", [[], [1, 2, 3, 4], [77]])
def test_a_split_takes_some_posts_not_all(session: Session, topic: Topic, keeping: Keeping, numbers: list[int]) -> None:
    with pytest.raises(NothingPicked):
        moving.split(session, topic.id, keeping, numbers=numbers, title="Nothing")


def test_a_merge_leads_on_and_whoever_followed_goes_along(
    app: Flask, session: Session, topic: Topic, keeping: Keeping, ana: Member
) -> None:
    other = forum_stage.topic(app, session, forum_stage.place(session, "Elsewhere"), ana, "Canals", text="Water.")
    session.add(Standing(member_id=ana.id, topic_id=topic.id, level=Level.WATCH, touched_at=NOW))
    session.flush()
    moving.merge(session, topic.id, keeping, into_id=other.id)
    session.expire_all()
    assert texts(session, other.id) == ["Water.", "One.", "Two.", "Three.", "Four.", "merged"]
    assert (topic.merged_into, topic.state, other.posts) == (other.id, State.REMOVED, 5)
    followed = session.scalars(select(Standing.topic_id).where(Standing.member_id == ana.id))
    assert list(followed) == [other.id]
    with pytest.raises(SameTopic):
        moving.merge(session, other.id, keeping, into_id=other.id)


def test_two_keepers_do_not_undo_each_other(session: Session, topic: Topic, keeping: Keeping) -> None:
    seen = Keeping(keeping.by, NOW, version=topic.version)
    moving.close(session, topic.id, seen, shut=True)
    with pytest.raises(ChangedMeanwhile):
        moving.close(session, topic.id, seen, shut=False)


def test_a_hidden_post_is_not_counted_and_a_hidden_beginning_hides_the_topic(session: Session, topic: Topic) -> None:
    last, first = forum_stage.post_of(session, topic, 4), forum_stage.post_of(session, topic, 1)
    states.become(session, last.id, State.HIDDEN)
    assert (topic.posts, topic.last_post_id) == (3, forum_stage.post_of(session, topic, 3).id)
    states.become(session, first.id, State.HIDDEN)
    assert topic.state == State.HIDDEN
    for post in (first, last):
        states.become(session, post.id, State.SHOWN)
    assert (topic.state, topic.posts, topic.last_post_id) == (State.SHOWN, 4, last.id)


def test_a_post_that_waited_comes_after_what_was_read_meanwhile(session: Session, topic: Topic, ana: Member) -> None:
    said = forum_stage.words("I am new.")
    waiting = service.reply(session, topic_id=topic.id, by=ana.id, words=said, state=State.WAITING, now=NOW)
    reporting.wait(session, waiting, NOW)
    assert (topic.posts, session.scalars(select(Case.kind)).all()) == (4, ["forum_post"])
    service.reply(session, topic_id=topic.id, by=ana.id, words=forum_stage.words("Six."), now=NOW)
    states.become(session, waiting.id, State.SHOWN)
    assert texts(session, topic.id)[-2:] == ["Six.", "I am new."]
    assert topic.posts == 6


def test_what_its_author_deleted_no_moderator_brings_back(session: Session, topic: Topic) -> None:
    post = forum_stage.post_of(session, topic, 2)
    post.state = State.DELETED
    assert states.become(session, post.id, State.SHOWN) is None
    assert post.state == State.DELETED


def test_whoever_may_read_may_report_and_nobody_their_own(
    app: Flask, session: Session, topic: Topic, lena: Member, ana: Member, zoya_outside: Actor
) -> None:
    del app
    subject = subject_of(reporting.KIND)
    assert subject is not None
    post = forum_stage.post_of(session, topic, 2)
    assert subject.may_report(session, Actor(lena.id, "Lena"), post.id)
    assert not subject.may_report(session, Actor(ana.id, "Ana"), post.id)
    topic.category_id = forum_stage.place(session, "Alumni alone", "alumni").id
    session.flush()
    assert not subject.may_report(session, zoya_outside, post.id)
    told = Complaint(lena.id, "harassment", "It hurts.")
    assert report(session, subject=subject, number=post.id, complaint=told, now=NOW)


@pytest.fixture
def zoya_outside(max_: Member) -> Actor:
    """Somebody who is no alumnus."""
    return Actor(max_.id, "Max")
