"""The forum: for whom its places are, and that nothing written is lost or counted twice."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor, Role
from academy.people.models import Member
from alumni.forum.places import circles, queries
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import service
from alumni.forum.topics.models import Post
from alumni.forum.topics.refusals import TopicClosed
from alumni.forum.topics.rules import Words
from tests.alumni import forum_stage, group_stage
from tests.courses import shelf


def seen_by(session: Session, actor: Actor | None) -> set[str]:
    """The names of the places somebody may read."""
    return {each.name for each in queries.categories_for(session, asker_of(session, actor))}


def test_each_sees_the_places_of_their_circles_alone(session: Session, lena: Member, ana: Member) -> None:
    for circle in circles.WITHOUT_OWNER:
        forum_stage.place(session, circle, circle)
    forum_stage.place(session, "course", circles.of(circles.COURSE, "first-steps"))
    forum_stage.place(session, "another course", circles.of(circles.COURSE, "second-steps"))
    theirs = group_stage.group(session, ana)
    forum_stage.place(session, "group", circles.of(circles.GROUP, theirs.id))
    shelf.enrolled(session, lena.id, shelf.publish(session))

    learner, alumna = Actor(lena.id, "Lena"), Actor(ana.id, "Ana", is_alumnus=True)
    assert seen_by(session, None) == {"everyone"}
    assert seen_by(session, learner) == {"everyone", "members", "course"}
    assert seen_by(session, alumna) == {"everyone", "members", "alumni", "group"}
    keeper = Actor(0, "Mina", roles=frozenset({Role("moderator")}))
    assert seen_by(session, keeper) == {*circles.WITHOUT_OWNER, "course", "another course"}


def test_a_form_sent_twice_is_one_topic_and_one_post(app: Flask, session: Session, lena: Member) -> None:
    where, said = forum_stage.place(session), forum_stage.words()
    with app.test_request_context():
        first, second = (
            service.begin_topic(session, category_id=where.id, by=lena.id, title="Once", words=said, now=clock.now())
            for _try in range(2)
        )
        again = forum_stage.words("And one more thing.")
        for _try in range(2):
            service.reply(session, topic_id=first.id, by=lena.id, words=again, now=clock.now())

    assert first.id == second.id
    assert [post.number for post in session.scalars(select(Post).order_by(Post.id))] == [1, 2]
    assert (first.posts, first.last_number) == (2, 2)
    with app.test_request_context():
        for _letter in range(2):  # what comes by mail has no form
            service.reply(session, topic_id=first.id, by=lena.id, words=Words("By mail."), now=clock.now())
    assert first.posts == 4


def test_nobody_writes_in_a_closed_topic_but_those_who_keep_order(app: Flask, session: Session, lena: Member) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), lena, closed_at=clock.now())
    with app.test_request_context():
        with pytest.raises(TopicClosed):
            service.reply(session, topic_id=topic.id, by=lena.id, words=forum_stage.words(), now=clock.now())
        kept = service.reply(
            session, topic_id=topic.id, by=lena.id, words=forum_stage.words(), keeps_order=True, now=clock.now()
        )
    assert kept.number == 2
