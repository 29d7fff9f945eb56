"""Reading the forum: lists, pages of a topic, addresses that last, what is new."""

from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.forum.places import circles
from alumni.forum.places.asking import NOBODY, Asker
from alumni.forum.places.models import Category
from alumni.forum.topics.models import Topic
from alumni.forum.topics.rules import Rights, rights_in
from alumni.forum.views.addresses import slug_of, topic_path
from alumni.profiles.viewers import VISITOR
from tests.alumni import forum_stage
from tests.browser import Browser


def test_lena_finds_a_topic_and_reads_it(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    where = forum_stage.place(session, "Practice")
    made = forum_stage.topic(app, session, where, ana, "First meetings", (lena, "I write the names down."))
    page = browser.signed_in(lena).open("/forum/").follow("Practice").follow("First meetings")
    assert page.heading == "First meetings"
    assert "How do you prepare" in page.text
    assert "I write the names down." in page.text
    assert page.url == f"/forum/t/{made.id}/first-meetings"


def test_who_may_do_what_in_a_place(lena: Member) -> None:
    asker = Asker(Actor(lena.id, "Lena"), VISITOR, circles.by_standing(Actor(lena.id, "Lena")))
    room = Category(writers=circles.MEMBERS, starters=circles.ALUMNI)
    going_on, closed = Topic(state="shown"), Topic(state="shown", closed_at=clock.now())

    assert rights_in(NOBODY, room) == Rights()
    assert rights_in(asker, room) == Rights(reply=True)
    assert rights_in(asker, room, keeps=True) == Rights(reply=True, begin=True, keep_order=True)
    assert rights_in(asker, room, going_on).reply
    assert not rights_in(asker, room, closed).reply
    assert rights_in(asker, room, closed, keeps=True).reply
    assert not rights_in(asker, room, Topic(state="deleted"), keeps=True).reply
    room.archived_at = clock.now()
    assert rights_in(asker, room, going_on, keeps=True) == Rights()


def test_a_long_topic_has_pages_by_number(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    made = forum_stage.topic(app, session, forum_stage.place(session), lena)
    forum_stage.fill(session, made, lena, 59)
    reader = browser.signed_in(lena)
    page = reader.open(f"/forum/t/{made.id}/first-meetings/41")
    assert [each.attrs["id"] for each in page.all("article")] == [f"p{number}" for number in range(41, 61)]
    before = page.follow("Earlier posts")
    assert before.url == f"/forum/t/{made.id}/first-meetings/21"
    assert before.follow("Earlier posts").url == f"/forum/t/{made.id}/first-meetings"
    assert reader.open(f"/forum/t/{made.id}/x/999").url == f"/forum/t/{made.id}/first-meetings/41"


def test_a_post_has_an_address_that_lasts(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    made = forum_stage.topic(app, session, forum_stage.place(session), lena)
    forum_stage.fill(session, made, lena, 30)
    post = forum_stage.post_of(session, made, 25)
    session.rollback()
    answer = browser.signed_in(lena).client.get(f"/forum/p/{post.id}")
    assert answer.headers["Location"] == f"/forum/t/{made.id}/first-meetings/21#p25"


def test_addresses_are_in_the_script_of_the_title(app: Flask) -> None:
    assert slug_of("How to listen, and when?") == "how-to-listen-and-when"
    assert slug_of("Первая встреча: с чего начать?") == "первая-встреча-с-чего-начать"
    assert slug_of("چگونه گوش بدهیم؟") == "چگونه-گوش-بدهیم"
    assert slug_of("🙂") == "topic"
    with app.test_request_context():
        assert topic_path(7, "Who said it", behind_doors=True) == "/forum/t/7/topic"


def test_max_is_not_shown_what_is_for_others(app: Flask, session: Session, browser: Browser, ana: Member) -> None:
    where = forum_stage.place(session, "Quiet", circles.ALUMNI)
    made = forum_stage.topic(app, session, where, ana)
    post = forum_stage.post_of(session, made, 1)
    session.rollback()
    for path in (f"/forum/t/{made.id}/first-meetings", f"/forum/p/{post.id}", "/forum/quiet/"):
        assert browser.open(path).heading == "Sign in", path
    assert "Quiet" not in browser.open("/forum/").text
