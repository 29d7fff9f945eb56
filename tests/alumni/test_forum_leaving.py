"""Whoever leaves takes their words along, or lets them stay without a name; conversations of others stay whole."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people import data_rights
from academy.people.models import Member
from alumni.forum.topics.models import Helpful, Post, State, Topic
from tests.alumni import forum_stage


def erased(app: Flask, session: Session, member: Member, *kept: str) -> None:
    with app.test_request_context():
        data_rights.keep(session, member.id, kept)
        data_rights.erase(session, member.id)
        session.commit()
    session.expire_all()


def test_words_go_and_a_line_holds_their_place(app: Flask, session: Session, ana: Member, lena: Member) -> None:
    where = forum_stage.place(session)
    theirs = forum_stage.topic(app, session, where, ana, "Ana's own words", (lena, "I listen."), (ana, "So do I."))
    alone = forum_stage.topic(app, session, where, ana, "Nobody answered").id
    session.add(Helpful(post_id=forum_stage.post_of(session, theirs, 2).id, member_id=ana.id))
    forum_stage.post_of(session, theirs, 2).helpful = 1
    session.commit()
    erased(app, session, ana)

    assert session.get(Topic, alone) is None
    assert (theirs.title, theirs.author_id, theirs.posts) == ("A conversation that a former member began", None, 1)
    posts = session.scalars(select(Post).where(Post.topic_id == theirs.id).order_by(Post.number)).all()
    assert [(post.text, post.state, post.author_id) for post in posts] == [
        ("", State.DELETED, None),
        ("I listen.", State.SHOWN, lena.id),
        ("", State.DELETED, None),
    ]
    assert posts[1].helpful == 0
    assert posts[0].settled_at is None  # the search hears of it


def test_words_may_stay_without_a_name(app: Flask, session: Session, ana: Member, lena: Member) -> None:
    where = forum_stage.place(session)
    theirs = forum_stage.topic(app, session, where, ana, "First meetings", (lena, "I listen."))
    erased(app, session, ana, "posts")

    first = forum_stage.post_of(session, theirs, 1)
    assert (first.text, first.state, first.author_id) == (
        "How do you prepare for a first meeting?",
        State.SHOWN,
        None,
    )
    assert (theirs.title, theirs.author_id, theirs.posts) == ("First meetings", None, 2)


def test_a_member_takes_along_what_they_wrote(app: Flask, session: Session, ana: Member) -> None:
    forum_stage.topic(app, session, forum_stage.place(session), ana, "First meetings")
    with app.test_request_context():
        known = data_rights.export(session, ana.id)["forum"]
    assert [(post["topic"], post["text"]) for post in known["posts"]] == [
        ("First meetings", "How do you prepare for a first meeting?")
    ]
