"""Two things at the same moment in the forum: nothing is lost, counted twice or written into what is closed."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.forum.polls import service as polls
from alumni.forum.polls.models import Poll, PollOption
from alumni.forum.polls.rules import Asked
from alumni.forum.topics import editing, marks, service
from alumni.forum.topics.editing_rules import Change, Editor
from alumni.forum.topics.models import Helpful, Post, PostEdit, Topic
from tests.alumni import forum_stage
from tests.races import Act, at_once

LATER = clock.now() + timedelta(days=7)


@pytest.fixture
def topic(app: Flask, session: Session, ana: Member) -> Topic:
    """A topic of Ana's."""
    return forum_stage.topic(app, session, forum_stage.place(session), ana)


def now() -> datetime:
    return clock.now()


def test_many_replies_at_once_get_a_number_each(app: Flask, session: Session, topic: Topic, lena: Member) -> None:
    number, writer = topic.id, lena.id
    session.rollback()

    def write(own: Session) -> None:
        service.reply(own, topic_id=number, by=writer, words=forum_stage.words(), now=now())

    assert at_once(app, *[write] * 6) == [""] * 6
    found = session.scalars(select(Post.number).where(Post.topic_id == number).order_by(Post.number)).all()
    assert list(found) == [1, 2, 3, 4, 5, 6, 7]
    session.refresh(topic)
    assert (topic.posts, topic.last_number) == (7, 7)


def test_a_form_pressed_twice_is_one_post_and_one_topic(
    app: Flask, session: Session, topic: Topic, lena: Member
) -> None:
    number, place, writer = topic.id, topic.category_id, lena.id
    said, begun = forum_stage.words(), forum_stage.words()
    session.rollback()

    def write(own: Session) -> None:
        service.reply(own, topic_id=number, by=writer, words=said, now=now())

    def begin(own: Session) -> None:
        service.begin_topic(own, category_id=place, by=writer, title="Once", words=begun, now=now())

    assert at_once(app, write, write, write, begin, begin, begin) == [""] * 6
    assert session.scalar(select(func.count()).where(Post.topic_id == number)) == 2
    assert session.scalar(select(func.count()).where(Topic.title == "Once")) == 1


def test_an_edit_while_the_topic_closes_is_there_or_refused(
    app: Flask, session: Session, topic: Topic, ana: Member
) -> None:
    number, post, editor = topic.id, forum_stage.post_of(session, topic, 1).id, Editor(ana.id, writes=True)
    session.rollback()

    def close(own: Session) -> None:
        held = service.locked(own, number)
        assert held is not None
        held.closed_at = now()

    def edit(own: Session) -> None:
        editing.edit(own, post_id=post, change=Change("Another wording", 0), editor=editor, now=now())

    refusals = at_once(app, close, edit)
    assert refusals in (["", ""], ["", "TopicClosed"])
    text = session.get_one(Post, post).text
    assert (text == "Another wording") == (refusals == ["", ""])


def test_of_two_edits_of_one_wording_one_is_asked_again(
    app: Flask, session: Session, topic: Topic, ana: Member
) -> None:
    post, editor = forum_stage.post_of(session, topic, 1).id, Editor(ana.id, writes=True)
    session.rollback()

    def edit(text: str) -> Act:
        return lambda own: editing.edit(own, post_id=post, change=Change(text, 0), editor=editor, now=now())

    assert sorted(at_once(app, edit("One"), edit("Other"))) == ["", "ChangedMeanwhile"]
    assert session.scalar(select(func.count()).select_from(PostEdit)) == 1


def test_a_mark_pressed_twice_counts_once(app: Flask, session: Session, topic: Topic, lena: Member) -> None:
    post, reader = forum_stage.post_of(session, topic, 1).id, lena.id
    session.rollback()

    def mark(own: Session) -> None:
        marks.mark_helpful(own, post=own.get_one(Post, post), by=reader, helpful=True)

    assert at_once(app, mark, mark, mark) == [""] * 3
    assert session.get_one(Post, post).helpful == session.scalar(select(func.count()).select_from(Helpful)) == 1


@pytest.mark.parametrize("secret", [True, False])
def test_a_vote_pressed_twice_counts_once(
    app: Flask, session: Session, topic: Topic, lena: Member, ana: Member, *, secret: bool
) -> None:
    asked = Asked("Which?", ("One", "Other"), 1, secret=secret, ends_at=LATER)
    poll, number = polls.ask(session, topic_id=topic.id, asked=asked).id, topic.id
    first = session.scalars(select(PollOption.id).where(PollOption.poll_id == poll).order_by(PollOption.place)).first()
    voters = (lena.id, ana.id)
    session.commit()

    def vote(who: int) -> Act:
        return lambda own: polls.vote(own, topic_id=number, by=who, options={first or 0}, now=now())

    refusals = at_once(app, vote(voters[0]), vote(voters[0]), vote(voters[1]))
    assert refusals.count("VotedAlready") == (1 if secret else 0)
    assert session.get_one(PollOption, first).votes == session.get_one(Poll, poll).voters == 2
