"""Changing one's mind in the forum: edits with a history, deleting and bringing back, two windows at once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.forum.places.models import Category, Keeper
from alumni.forum.topics import comparing, wiping
from alumni.forum.topics.comparing import GONE, NEW, SAME
from alumni.forum.topics.editing_rules import Editor, Piece, may_edit
from alumni.forum.topics.models import Post, PostEdit, State, Topic
from tests.alumni import forum_stage
from tests.browser import Browser

NOW = clock.now()


@pytest.fixture
def topic(app: Flask, session: Session, lena: Member, ana: Member) -> Topic:
    """A topic of Ana's with a reply of Lena's; both have been here for a while."""
    for each in (lena, ana):
        each.confirmed_at = clock.now() - timedelta(days=400)
    session.commit()
    where = forum_stage.place(session)
    return forum_stage.topic(app, session, where, ana, "First meetings", (lena, "I write names down."))


@pytest.fixture
def first(session: Session, topic: Topic) -> int:
    """The permanent number of the first post."""
    number = forum_stage.post_of(session, topic, 1).id
    session.rollback()
    return number


def test_ana_changes_her_post_and_the_history_shows_how(browser: Browser, ana: Member, first: int) -> None:
    writer = browser.signed_in(ana)
    page = writer.open(f"/forum/p/{first}/edit").submit(
        "Save", text="How do you prepare for a second meeting?", title="Second meetings", reason="The first is over"
    )
    assert page.heading == "Second meetings"
    history = page.follow("What it said before")
    assert "The first is over" in history.text
    assert "The title before: First meetings" in history.text
    assert (history.text_of(".change-row del"), history.text_of(".change-row ins")) == ("first", "second")


def test_two_windows_do_not_undo_each_other(browser: Browser, ana: Member, first: int, session: Session) -> None:
    writer = browser.signed_in(ana)
    one, other = writer.open(f"/forum/p/{first}/edit"), writer.open(f"/forum/p/{first}/edit")
    one.submit("Save", text="From the first window")
    page = other.submit("Save", text="From the second window")
    assert page.status == 409
    assert page.text_of(".kept-words") == "From the first window"
    assert page.text_of("textarea") == "From the second window"
    page.submit("Save", text="From both windows")
    session.rollback()
    assert session.get_one(Post, first).text == "From both windows"
    assert len(session.scalars(select(PostEdit).where(PostEdit.post_id == first)).all()) == 2


def test_a_topic_that_closes_while_one_edits_keeps_the_words(
    browser: Browser, ana: Member, topic: Topic, first: int, session: Session
) -> None:
    page = browser.signed_in(ana).open(f"/forum/p/{first}/edit")
    topic.closed_at = clock.now()
    session.commit()
    page = page.submit("Save", text="Another wording")
    assert page.status == 409
    assert "Another wording" in browser.signed_in(ana).open("/forum/drafts").text
    session.rollback()
    assert session.get_one(Post, first).edits == 0


def test_a_wiki_post_is_everybodys(browser: Browser, lena: Member, first: int, session: Session) -> None:
    other = browser.signed_in(lena)
    assert other.open(f"/forum/p/{first}/edit").status == 403
    session.get_one(Post, first).wiki = True
    session.commit()
    page = other.open(f"/forum/p/{first}/edit").submit("Save", text="We all write here.")
    assert "Lena" in page.follow("What it said before").text


def test_a_change_is_kept_while_one_writes_and_gone_once_saved(browser: Browser, ana: Member, first: int) -> None:
    writer = browser.signed_in(ana)
    begun = {**writer.open(f"/forum/p/{first}/edit").form("Save").values, "text": "Half a change"}
    assert "Half a change" in writer.post(f"/forum/p/{first}/edit/draft", begun).text
    writer.open("/forum/drafts").follow("Go on writing").submit("Save", text="A whole change")
    assert "You have no drafts." in writer.post(f"/forum/p/{first}/edit/draft", begun).text


def test_a_reply_has_no_title_of_its_own(browser: Browser, lena: Member, topic: Topic, session: Session) -> None:
    number = forum_stage.post_of(session, topic, 2).id
    session.rollback()
    page = browser.signed_in(lena).open(f"/forum/p/{number}/edit")
    assert page.all("[name=title]") == []
    assert "I write them down." in page.submit("Save", text="I write them down.").text


def test_who_edits_what_until_when() -> None:
    mine = Piece(1, State.SHOWN, locked=False, wiki=False, posted_at=NOW - timedelta(hours=25))
    writer, newcomer = Editor(1, writes=True), Editor(1, writes=True, newcomer=True)
    other, keeper = Editor(2, writes=True), Editor(3, writes=True, keeps_order=True)
    assert may_edit(writer, mine, NOW)
    assert not may_edit(newcomer, mine, NOW)
    assert may_edit(newcomer, mine, NOW - timedelta(hours=2))
    assert not may_edit(other, mine, NOW)
    assert may_edit(keeper, mine, NOW)
    assert not may_edit(Editor(1, writes=False), mine, NOW)
    locked = Piece(1, State.SHOWN, locked=True, wiki=True, posted_at=NOW)
    assert [may_edit(each, locked, NOW) for each in (writer, other, keeper)] == [False, False, True]
    deed = Piece(1, State.SHOWN, locked=False, wiki=False, posted_at=NOW, deed="closed")
    assert not may_edit(keeper, deed, NOW)


def test_a_deleted_post_leaves_a_line_and_comes_back_for_a_day(
    app: Flask, browser: Browser, lena: Member, ana: Member, topic: Topic, session: Session
) -> None:
    number, address = forum_stage.post_of(session, topic, 2).id, f"/forum/t/{topic.id}/first-meetings"
    session.rollback()
    hers = browser.signed_in(lena)
    hers.open(f"/forum/p/{number}/delete").submit("Delete")
    assert "I write names down." not in browser.signed_in(ana).open(address).text
    assert "The author deleted this post." in browser.signed_in(ana).open(address).text
    hers.open("/forum/drafts").submit("Bring it back")
    assert "I write names down." in hers.open(address).text
    hers.open(f"/forum/p/{number}/delete").submit("Delete")
    with app.app_context():
        wiping.wipe({}, clock.now() + timedelta(days=1))
    post = session.get_one(Post, number)
    assert (post.text, post.html, post.state) == ("", "", State.DELETED)
    session.rollback()
    assert "Bring it back" not in hers.open("/forum/drafts").text


def test_a_first_post_takes_its_topic_along_unless_somebody_answered(
    app: Flask, browser: Browser, ana: Member, topic: Topic, first: int, session: Session
) -> None:
    place = session.get_one(Category, topic.category_id)
    alone = forum_stage.topic(app, session, place, ana, "Nobody answered")
    number = forum_stage.post_of(session, alone, 1).id
    session.rollback()
    for each in (first, number):
        browser.signed_in(ana).open(f"/forum/p/{each}/delete").submit("Delete")
    session.expire_all()
    assert (topic.state, topic.posts) == (State.SHOWN, 1)
    assert alone.state == State.DELETED
    session.rollback()
    assert "Nobody answered" not in browser.signed_in(ana).open("/forum/practice/").text


def test_the_changed_words_are_found_in_any_script() -> None:
    (row,) = comparing.compared("Мы встретимся в шесть у ворот.", "Мы встретимся в семь у ворот.")
    assert [(bit.state, bit.text) for bit in row.bits] == [
        (SAME, "Мы встретимся в "),
        (GONE, "шесть"),
        (NEW, "семь"),
        (SAME, " у ворот."),
    ]
    (row,) = comparing.compared("They need to go home and say.", "They need to tell at home and say.")
    assert [bit.text for bit in row.bits if bit.state != SAME] == ["go", "tell at"]
    rows = comparing.compared("ما ساعت شش می‌آییم.\n\nهمه", "ما ساعت هفت می‌آییم.\n\nهمه")
    assert [bit.text for bit in rows[0].bits if bit.state != SAME] == ["شش", "هفت"]


def test_comparing_is_quick_on_hostile_texts() -> None:
    begun = clock.now()
    for before, after in (("a " * 10000, "b a " * 5000), ("ab" * 10000, "ba" * 10000), ("a\n" * 9000, "b\na\n" * 5000)):
        comparing.compared(before, after)
    assert clock.now() - begun < timedelta(seconds=1)


def test_a_keeper_of_the_place_edits_and_it_shows(
    browser: Browser, lena: Member, topic: Topic, first: int, session: Session
) -> None:
    session.add(Keeper(category_id=topic.category_id, member_id=lena.id, since=NOW))
    session.commit()
    page = browser.signed_in(lena).open(f"/forum/p/{first}/edit")
    assert "This is a post of somebody else." in page.text
    page.submit("Save", text="A kinder wording", reason="Names of others")
    assert "Names of others" in browser.signed_in(lena).open(f"/forum/p/{first}/history").text
