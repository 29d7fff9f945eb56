"""Feeds of public places, and the forum in the digest."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from academy.people.queries import as_actor
from alumni.blocks import service as blocks
from alumni.digest.forum import FOLLOWED, QUESTIONS
from alumni.digest.pieces import Reader
from alumni.forum.following import service as following
from alumni.forum.places import circles
from alumni.forum.topics.models import Level, State
from alumni.profiles.viewers import viewer_of
from tests.alumni import forum_stage
from tests.browser import Browser

ATOM = "{http://www.w3.org/2005/Atom}"


def opened(browser: Browser, path: str) -> ET.Element:
    """A feed, read back."""
    answer = browser.client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ET.fromstring(answer.data)  # noqa: S314  our own


def told(feed: ET.Element, name: str) -> list[str]:
    """The texts of all elements of this name in entries."""
    return [found.text or "" for entry in feed.iter(f"{ATOM}entry") for found in entry.iter(f"{ATOM}{name}")]


def test_a_public_place_has_a_feed_that_shows_what_visitors_see(
    app: Flask, session: Session, browser: Browser, ana: Member, lena: Member
) -> None:
    public = forum_stage.place(session, "Square", circles.EVERYONE)
    inside = forum_stage.place(session, "Inside", circles.MEMBERS)
    forum_stage.topic(app, session, public, lena, "Rain <and> & wind\x0b", text="Only on the page.")
    forum_stage.topic(app, session, public, ana, "Sun", text="For **all**.")
    forum_stage.topic(app, session, public, ana, "Waiting", state=State.WAITING)
    forum_stage.topic(app, session, inside, ana, "Secret")
    following.choose(session, member_id=ana.id, searchable=True, words_in_letters=False)
    session.commit()
    for path in ("/forum/square/feed.atom", "/feed.atom"):
        feed = opened(browser, path)
        assert told(feed, "title") == ["Sun", "Rain <and> & wind"]
        assert told(feed, "name") == ["Ana", "A member"]
        assert [text.strip() for text in told(feed, "content")] == ["<p>For <strong>all</strong>.</p>"]
    assert browser.client.get("/forum/inside/feed.atom").status_code == 404
    assert 'type="application/atom+xml"' in browser.open("/forum/square/").source
    assert "feed.atom" not in browser.signed_in(lena).open("/forum/inside/").source


def test_a_feed_is_not_sent_again_unchanged(app: Flask, session: Session, browser: Browser, ana: Member) -> None:
    public = forum_stage.place(session, "Square", circles.EVERYONE)
    forum_stage.topic(app, session, public, ana, "Sun")
    first = browser.client.get("/feed.atom")
    again = browser.client.get("/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, first.headers["X-Robots-Tag"]) == (304, "noindex")
    forum_stage.topic(app, session, public, ana, "Moon")
    changed = browser.client.get("/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("what", ["", "answered", "muted", "blocked", "closed", "elsewhere", "no question"])
def test_the_digest_tells_of_open_questions_alone(
    app: Flask, session: Session, ana: Member, lena: Member, what: str
) -> None:
    where = forum_stage.place(session, readers=circles.STAFF if what == "elsewhere" else circles.MEMBERS)
    title = "Rain." if what == "no question" else "Will it rain?"
    made = forum_stage.topic(app, session, where, lena, title)
    made.answer_id = 1 if what == "answered" else None
    made.closed_at = clock.now() if what == "closed" else None
    if what == "muted":
        following.follow(session, member_id=ana.id, topic_id=made.id, level=Level.MUTE, now=clock.now())
    if what == "blocked":
        blocks.block(session, member_id=lena.id, other_id=ana.id, now=clock.now())
    session.commit()
    lines = [each.words for each in QUESTIONS.lines(session, reader(app, session, ana))]
    assert lines == ([] if what else ["Will it rain?"])


def test_the_digest_tells_of_new_topics_where_one_follows(
    app: Flask, session: Session, ana: Member, lena: Member
) -> None:
    followed, other = forum_stage.place(session, "Followed"), forum_stage.place(session, "Other")
    following.follow_place(session, member_id=ana.id, category_id=followed.id, level=Level.TRACK)
    for where, title in ((followed, "Here"), (other, "There")):
        forum_stage.topic(app, session, where, lena, title)
    forum_stage.topic(app, session, followed, lena, "Before", now=clock.now() - timedelta(days=9))
    assert [each.words for each in FOLLOWED.lines(session, reader(app, session, ana))] == ["Here"]


def reader(app: Flask, session: Session, who: Member) -> Reader:
    """Whose letter it is: about the last week."""
    with app.app_context():
        actor, now = as_actor(session, who), clock.now()
        return Reader(actor, viewer_of(session, actor), now - timedelta(days=7), now)
