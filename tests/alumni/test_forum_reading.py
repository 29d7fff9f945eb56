"""Reading the forum: lists, pages of a topic, addresses that last, what is new."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.blocks import service as blocks
from alumni.forum.following import jobs
from alumni.forum.following.rules import Following, following
from alumni.forum.places import circles
from alumni.forum.places.asking import NOBODY, Asker
from alumni.forum.places.models import Category
from alumni.forum.topics import settling
from alumni.forum.topics.models import Level, Standing, State, Topic
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


def told(app: Flask) -> None:
    with app.app_context():
        settling.pump(clock.now())


def test_what_others_write_is_new_until_it_was_read(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    where = forum_stage.place(session)
    forum_stage.topic(app, session, where, ana, "Before she came")
    reader = browser.signed_in(lena)
    assert reader.open("/forum/new").heading == "New for you"
    assert "Before she came" in reader.open("/forum/").text

    made = forum_stage.topic(app, session, where, ana, "First meetings")
    page = reader.open("/forum/new")
    assert "First meetings" in page.text
    assert "Before she came" not in page.text
    page.follow("First meetings")
    assert "First meetings" not in reader.open("/forum/new").text

    forum_stage.fill(session, made, ana, 30)
    page = reader.open("/forum/practice/")
    assert "30 new" in page.text
    assert page.follow("First meetings").url == f"/forum/t/{made.id}/first-meetings"
    assert ("First meetings", f"/forum/t/{made.id}/first-meetings#p2") in page.links()
    reader.open(f"/forum/t/{made.id}/first-meetings/21")
    assert "You have read everything." in reader.open("/forum/new").text


def test_a_browser_that_fetches_ahead_has_read_nothing(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    where, reader = forum_stage.place(session), browser.signed_in(lena)
    reader.open("/forum/practice/")
    forum_stage.topic(app, session, where, ana, "Early days")
    reader.open("/forum/practice/")
    forum_stage.topic(app, session, where, ana, "First meetings")
    path = "/forum/t/2/first-meetings"
    reader.open(path, **{"Sec-Purpose": "prefetch;prerender"})
    reader.client.head(path)
    assert "First meetings" in reader.open("/forum/new").text


def test_whoever_writes_watches_and_says_otherwise(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    made = forum_stage.topic(app, session, forum_stage.place(session), ana, "First meetings", (lena, "So do I."))
    told(app)
    writer = browser.signed_in(lena)
    page = writer.open(f"/forum/t/{made.id}/first-meetings")
    assert "You watch this topic because you wrote in it." in page.text
    assert "because you began it" in browser.signed_in(ana).open(page.url).text
    assert "You muted this topic." in page.submit("Keep this choice", level="mute").text

    forum_stage.fill(session, made, ana, 3)
    told(app)
    assert "First meetings" not in writer.open("/forum/new").text
    assert "muted" in writer.open("/forum/practice/").text


def test_a_muted_place_is_never_new(app: Flask, session: Session, browser: Browser, lena: Member, ana: Member) -> None:
    where, reader = forum_stage.place(session), browser.signed_in(lena)
    forum_stage.topic(app, session, where, ana, "Early days")
    page = reader.open("/forum/practice/")
    assert "You muted this place" in page.submit("Keep this choice", level="mute").text
    forum_stage.topic(app, session, where, ana, "First meetings")
    assert "You have read everything." in reader.open("/forum/new").text


def test_everything_can_count_as_read(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    where, reader = forum_stage.place(session), browser.signed_in(lena)
    forum_stage.topic(app, session, where, ana, "Early days")
    reader.open("/forum/practice/")
    forum_stage.topic(app, session, where, ana, "First meetings")
    page = reader.open("/forum/new").submit("Let all of it count as read")
    assert "Everything counts as read now." in page.notice
    assert "You have read everything." in reader.open("/forum/new").text


def test_how_far_people_read_what_is_quiet_is_forgotten(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    made = forum_stage.topic(app, session, forum_stage.place(session), ana)
    kept = forum_stage.topic(app, session, forum_stage.place(session, "Other"), ana, "Kept")
    reader = browser.signed_in(lena)
    for each in (made, kept):
        reader.open(f"/forum/t/{each.id}")
    reader.open(f"/forum/t/{kept.id}").submit("Keep this choice", level="watch")
    later = clock.now() + timedelta(days=61)
    with app.app_context():
        jobs.forget_quiet({}, later)
    assert list(session.scalars(select(Standing.topic_id))) == [kept.id]


def test_no_title_that_is_out_of_sight_is_told(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    """Numbers of posts can be counted through: where one leads says no title of what is hidden, or waits."""
    made = forum_stage.topic(app, session, forum_stage.place(session, readers=circles.EVERYONE), lena, "Who told it")
    first = forum_stage.post_of(session, made, 1)

    def leads_to() -> str:
        return browser.client.get(f"/forum/p/{first.id}").headers["Location"]

    assert "who-told-it" in leads_to()
    made.state = first.state = State.HIDDEN
    session.commit()
    assert leads_to() == f"/forum/t/{made.id}/topic#p1"


def test_announcements_of_whoever_keeps_somebody_away_stand_nowhere(
    app: Flask, session: Session, browser: Browser, lena: Member, max_: Member
) -> None:
    forum_stage.topic(app, session, forum_stage.place(session, "News"), lena, "The gate opens", pinned=2)
    forum_stage.place(session)
    reader, pages = browser.signed_in(max_), ("/forum/", "/forum/news/", "/forum/practice/")
    assert all("The gate opens" in reader.open(path).text for path in pages)
    blocks.block(session, member_id=lena.id, other_id=max_.id, now=clock.now())
    session.commit()
    assert not any("The gate opens" in reader.open(path).text for path in pages)


def test_levels_follow_from_what_was_chosen_and_done() -> None:
    assert following("", "", "") == Following(Level.NORMAL, "usual")
    assert following("watch", "", "mute") == Following(Level.WATCH, "own")
    assert following("track", "read", "mute") == Following(Level.MUTE, "place")
    assert following("watch", "wrote", "mute") == Following(Level.WATCH, "wrote")
    assert following("track", "read", "watch") == Following(Level.WATCH, "place")
    assert following("watch", "wrote", "track") == Following(Level.WATCH, "wrote")
    assert following("normal", "", "watch") == Following(Level.NORMAL, "own")
