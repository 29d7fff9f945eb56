"""Whom a new post concerns: told once, for the strongest reason, and never to whoever may not read it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.mail.models import Letter
from academy.notices import letters, stopping
from academy.people.models import SUSPENDED, Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.forum.following import service as following
from alumni.forum.letters.rules import ANSWER, MENTION, WATCHED
from alumni.forum.places import circles
from alumni.forum.places.models import Category
from alumni.forum.topics import service, wording
from alumni.forum.topics.models import Level, Post, PostEdit, State, Topic
from tests.alumni import forum_stage, profile_stage
from tests.alumni.letter_stage import said, settle, told, watch
from tests.browser import Browser


@pytest.fixture
def room(app: Flask, session: Session, ana: Member) -> Topic:
    """Ana's topic, for all members."""
    profile_stage.profile(session, ana, handle="ana", show=Audience.NETWORK)
    made = forum_stage.topic(app, session, forum_stage.place(session), ana)
    settle(app, session)
    return made


def test_each_is_told_once_for_the_strongest_reason(
    app: Flask, session: Session, room: Topic, ana: Member, lena: Member, max_: Member, tariq: Member
) -> None:
    first = forum_stage.post_of(session, room, 1)
    lenas = said(app, session, room, lena, "I write the names down.")
    assert told(session, ana) == [(WATCHED, 1)]  # she began it
    watch(session, room, max_, tariq)
    quote = wording.quotation(post_id=lenas.id, number=2, handle="", text="names")
    post = said(app, session, room, max_, f"{quote}@ana, is that so?", reply_to=first.id)
    assert told(session, ana) == [(WATCHED, 1), (MENTION, 1)]  # not for the answer as well
    assert told(session, lena) == [(ANSWER, 1)]
    assert told(session, tariq) == [(WATCHED, 1)]
    assert told(session, max_) == []
    for _time in range(2):
        session.get_one(Post, post.id, populate_existing=True).settled_at = None
        settle(app, session)
    assert told(session, lena) == [(ANSWER, 1)]
    assert told(session, tariq) == [(WATCHED, 1)]


def test_more_posts_in_a_topic_are_counted_in_one_notice_until_it_is_read(
    app: Flask, session: Session, browser: Browser, room: Topic, ana: Member, lena: Member
) -> None:
    number = room.id
    for words in ("One.", "Two.", "Three."):
        said(app, session, room, lena, words)
    assert told(session, ana) == [(WATCHED, 3)]
    reader = browser.signed_in(ana)
    page = reader.open("/my/notices")
    assert "3 new posts in “First meetings”." in page.text
    assert "1 new notice" in page.source
    assert "1 new notice" not in reader.open(f"/forum/t/{number}").source
    said(app, session, room, lena, "Four.")
    assert told(session, ana) == [(WATCHED, 3), (WATCHED, 1)]


def test_whoever_mutes_is_told_nothing_and_whoever_follows_as_usual_only_of_answers(
    app: Flask, session: Session, room: Topic, lena: Member, ana: Member, max_: Member
) -> None:
    said(app, session, room, lena, "First.")
    watch(session, room, ana, level=Level.MUTE)
    watch(session, room, lena, level=Level.NORMAL)
    post = said(app, session, room, max_, "@ana, hear this.")
    assert told(session, ana)[1:] == []
    assert told(session, lena) == []
    said(app, session, room, max_, "Well, @lena?", reply_to=forum_stage.post_of(session, room, 2).id)
    assert told(session, lena) == [(ANSWER, 1)]
    assert post.number == 3


def test_a_watched_place_tells_of_topics_unless_they_are_muted(
    app: Flask, session: Session, browser: Browser, room: Topic, ana: Member, lena: Member, max_: Member
) -> None:
    for who in (lena, max_):
        following.follow_place(session, member_id=who.id, category_id=room.category_id, level=Level.WATCH)
    watch(session, room, max_, level=Level.TRACK)
    said(app, session, room, ana, "And another thing.")
    assert told(session, lena) == [(WATCHED, 1)]
    assert told(session, max_) == []  # his own word for the topic is stronger than the place's
    place = session.get_one(Category, room.category_id)
    forum_stage.topic(app, session, place, ana, "Second meetings")
    settle(app, session)
    page = browser.signed_in(max_).open("/my/notices")
    assert "A new topic in “Practice”: “Second meetings”." in page.text


def test_people_who_keep_each_other_away_hear_nothing_of_each_other(
    app: Flask, session: Session, room: Topic, ana: Member, lena: Member, max_: Member, tariq: Member
) -> None:
    watch(session, room, lena, max_, tariq)
    blocks.block(session, member_id=max_.id, other_id=lena.id, now=clock.now())
    blocks.block(session, member_id=lena.id, other_id=tariq.id, now=clock.now())
    said(app, session, room, lena, "@ana, come and see.")
    assert (told(session, max_), told(session, tariq)) == ([], [])
    blocks.block(session, member_id=ana.id, other_id=max_.id, now=clock.now())
    said(app, session, room, tariq, "Anybody?")
    assert told(session, max_) == []  # for whomever its author keeps away there is no such topic
    assert told(session, ana) == [(MENTION, 1), (WATCHED, 1)]


def test_what_waits_is_told_once_it_is_shown(
    app: Flask, session: Session, room: Topic, ana: Member, lena: Member
) -> None:
    post = said(app, session, room, lena, "My first one, @ana.", state=State.WAITING)
    assert told(session, ana) == []
    session.get_one(Post, post.id, populate_existing=True).state = State.SHOWN
    settle(app, session)
    assert told(session, ana) == [(MENTION, 1)]


def test_a_mention_that_is_added_later_is_told_once(
    app: Flask, session: Session, room: Topic, ana: Member, lena: Member
) -> None:
    watch(session, room, ana, level=Level.NORMAL)
    post = said(app, session, room, lena, "Somebody must know.")
    assert told(session, ana) == []
    for before, after in (("Somebody must know.", "@ana must know."), ("@ana must know.", "@ana must know!")):
        session.add(PostEdit(post_id=post.id, text=before, edited_at=clock.now()))
        there = session.get_one(Post, post.id, populate_existing=True)
        there.text, there.edits, there.edited_at, there.settled_at = after, 1, clock.now(), None
        settle(app, session)
        assert told(session, ana) == [(MENTION, 1)]


def test_nobody_is_told_of_a_place_they_may_not_read_any_more(
    app: Flask, session: Session, room: Topic, ana: Member, lena: Member, max_: Member
) -> None:
    watch(session, room, max_)
    session.get_one(Category, room.category_id).readers = circles.ALUMNI
    said(app, session, room, ana, "Among us now.")
    assert told(session, max_) == []
    lena.state = SUSPENDED
    session.commit()
    assert told(session, lena) == []


def test_a_notice_behind_closed_doors_has_no_title(
    app: Flask, session: Session, browser: Browser, room: Topic, ana: Member, lena: Member
) -> None:
    session.get_one(Topic, room.id).behind_doors = True
    said(app, session, room, lena, "Quietly, @ana.")
    page = browser.signed_in(ana).open("/my/notices")
    assert "You are mentioned in the forum." in page.text
    assert "First meetings" not in page.text


def test_letters_carry_no_words_unless_they_are_asked_for(
    app: Flask, session: Session, browser: Browser, room: Topic, ana: Member, lena: Member
) -> None:
    said(app, session, room, lena, "The **sluice** is open, @ana.")
    with app.app_context():
        letters.pump(clock.now())
    first = session.scalars(select(Letter)).one()
    assert (first.subject, "sluice" in first.text) == ("A notice from Common Ground", False)
    assert "You are mentioned in “First meetings”." in first.text
    assert first.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    session.rollback()
    page = browser.signed_in(ana).open("/forum/choice")
    page.submit("Keep these choices", words_in_letters=True)
    said(app, session, room, lena, "And the **mill** stands, @ana.")
    with app.app_context():
        letters.pump(clock.now())
    last = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert last is not None
    assert "And the **mill** stands" in last.text
    assert "2 posts mention you" in last.text


def test_a_letter_of_the_day_leaves_out_what_may_not_be_read_any_more(
    app: Flask, session: Session, room: Topic, ana: Member, lena: Member, max_: Member
) -> None:
    watch(session, room, max_)
    said(app, session, room, lena, "Tell everybody.")
    session.get_one(Category, room.category_id).readers = circles.ALUMNI
    session.commit()
    with app.app_context():
        letters.daily({}, clock.now())
    texts = {each.to_email: each.text for each in session.scalars(select(Letter))}
    assert ana.email in texts
    assert max_.email not in texts


def test_old_posts_are_no_news(app: Flask, session: Session, room: Topic, ana: Member, lena: Member) -> None:
    with app.test_request_context():
        then = clock.now() - timedelta(days=8)
        service.reply(session, topic_id=room.id, by=lena.id, words=forum_stage.words("Long ago."), now=then)
    settle(app, session)
    assert told(session, ana) == []


def test_letters_stop_by_one_click(
    app: Flask, session: Session, browser: Browser, room: Topic, ana: Member, lena: Member
) -> None:
    with app.app_context():
        token = stopping.token(ana.id, MENTION)
    answer = browser.client.post(f"/notices/stop/{token}", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 204
    said(app, session, room, lena, "@ana, are you there?")
    with app.app_context():
        letters.pump(clock.now())
    assert session.scalar(select(func.count()).select_from(Letter)) == 0
