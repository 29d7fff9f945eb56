"""What a process keeps of the forum's pages shows nobody what is somebody else's, and nothing that was true before."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from academy.people.models import Member
from academy.uploads import service as uploads
from academy.uploads.service import Parcel
from academy.web import navigation
from alumni.blocks import service as blocks
from alumni.forum.places import circles
from alumni.forum.places.models import Category
from alumni.forum.polls import service as polls
from alumni.forum.polls.rules import Asked
from alumni.forum.topics import attachments, marks
from alumni.forum.topics.models import ForumChoice, Post, State, Topic
from alumni.forum.topics.rules import PAGE
from tests import makers
from tests.alumni import forum_stage, profile_stage
from tests.browser import Browser
from tests.readers import Reader

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
LANGUAGES = ("en", "ru")
NEW_EACH_TIME = re.compile(r'value="[\w.-]+\.[\w.-]+\.[\w.-]+"|value="[0-9a-f]{32}"')
KEPT = (
    *("forum.posts", "forum.topics", "forum.whole_pages", "forum.reply_form", "forum.words_of_posts"),
    *("academy.shared", "academy.chrome", "academy.menus_kept", "academy.moments_told"),
)
Seen = dict[tuple[str, str, str], str]


@dataclass
class Forum:
    """Places, topics, and everybody who reads them."""

    app: Flask
    readers: list[Reader]
    pages: tuple[str, ...]

    def forget(self) -> None:
        """Let the process know no page any more."""
        for name in KEPT:
            self.app.extensions.get(name, {}).clear()

    def alone(self) -> Seen:
        """Every page of everybody as it is when nothing is kept."""
        found = {}
        for reader in self.readers:
            for path in self.pages:
                self.forget()
                found[reader.name, reader.language, path] = reader.sees(path)
        return found

    def together(self) -> Seen:
        """Every page of everybody once everybody has looked at all of them."""
        for _ in range(2):
            found = {(one.name, one.language, path): one.sees(path) for path in self.pages for one in self.readers}
        return found


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(session: Session, lena: Member, max_: Member, ana: Member, mina: Member) -> dict[str, Member]:
    """Lena keeps Max away, Max keeps Ana away; Zoya hides; Ana lets search engines keep what she writes."""
    zoya = makers.member(session, "Zoya", alumna=True)
    for who, zone in ((lena, "Asia/Kabul"), (max_, "America/New_York"), (ana, "")):
        who.time_zone = zone
    profile_stage.profile(session, ana)
    profile_stage.profile(session, zoya).hidden_at = NOW
    session.add(ForumChoice(member_id=ana.id, searchable=True))
    blocks.block(session, member_id=lena.id, other_id=max_.id, now=NOW)
    blocks.block(session, member_id=max_.id, other_id=ana.id, now=NOW)
    session.commit()
    return {"lena": lena, "max": max_, "ana": ana, "zoya": zoya, "mina": mina}


@pytest.fixture
def talk(app: Flask, session: Session, people: Mapping[str, Member]) -> Topic:
    """A topic in a public place with posts of every kind."""
    where = forum_stage.place(session, "Practice", circles.EVERYONE, writers=circles.MEMBERS)
    said = [(people[name], f"{name} says {number}.") for number, name in enumerate(("ana", "max", "zoya") * 4)]
    made = forum_stage.topic(app, session, where, people["lena"], "First meetings", *said)
    posts = {number: forum_stage.post_of(session, made, number) for number in range(1, 14)}
    for number, changes in _KINDS.items():
        for name, value in changes.items():
            setattr(posts[number], name, value)
    made.answer_id, posts[6].reply_to = posts[2].id, posts[2].id
    marks.mark_helpful(session, post=posts[2], by=people["max"].id, helpful=True)
    with app.app_context():
        parcel = Parcel("file.pdf", "application/pdf", b"%PDF-1.7 of bridges")
        uploads.store_bytes(parcel, people["ana"].id)
        attachments.attach(session, post=posts[5], parcel=parcel, name="A map", now=NOW)
    session.commit()
    return made


_KINDS: dict[int, dict[str, object]] = {
    3: {"warning": "Of a flood"},
    4: {"wiki": True},
    7: {"state": State.HIDDEN},
    8: {"state": State.DELETED},
    9: {"state": State.WAITING},
    10: {"locked": True, "edits": 1},
}


@pytest.fixture
def forum(app: Flask, session: Session, browser: Browser, people: Mapping[str, Member], talk: Topic) -> Forum:
    """The topic, one with a poll, one behind closed doors; everybody has read all of it in each language."""
    where = session.get_one(Category, talk.category_id)
    vote = forum_stage.topic(app, session, where, people["lena"], "Which gate", has_poll=True)
    asked = Asked("Which?", ("Upper", "Lower"), 1, secret=False, ends_at=LATER)
    polls.ask(session, topic_id=vote.id, asked=asked)
    inner = forum_stage.place(session, "Inner room", circles.MEMBERS)
    closed = (people["lena"], "Between us."), (people["ana"], "So be it.")
    doors = forum_stage.topic(app, session, inner, people["max"], "Behind", *closed, behind_doors=True, ends_at=LATER)
    session.commit()
    phones = {name: browser.signed_in(who) for name, who in people.items()} | {"visitor": browser}
    readers = [Reader(name, code, phone, NEW_EACH_TIME) for name, phone in phones.items() for code in LANGUAGES]
    topics = (f"/forum/t/{talk.id}/first-meetings", f"/forum/t/{vote.id}/which-gate", f"/forum/t/{doors.id}/topic")
    made = Forum(app, readers, ("/forum/", "/forum/practice/", "/forum/inner-room/", *topics))
    made.together()
    return made


def differing(one: Seen, other: Seen) -> list[tuple[str, str, str]]:
    return [name for name, source in one.items() if other[name] != source]


@pytest.mark.slow
def test_what_others_looked_at_changes_nothing_for_anybody(
    forum: Forum, session: Session, people: Mapping[str, Member], talk: Topic
) -> None:
    alone, together = forum.alone(), forum.together()
    assert differing(alone, together) == []
    topic = forum.pages[3]
    assert "says 0" in together["lena", "en", topic]
    assert "How do you prepare" not in together["max", "en", topic]
    assert "Out of sight" in together["mina", "en", topic]
    assert "says 5" not in together["lena", "en", topic]
    assert len({together[name, "en", topic] for name in ("lena", "max", "ana", "zoya", "mina", "visitor")}) == 6

    blocks.unblock(session, member_id=people["lena"].id, other_id=people["max"].id)
    session.execute(update(Post).where(Post.topic_id == talk.id, Post.number == 2).values(html="<p>Anew.</p>"))
    session.commit()
    after = forum.together()
    assert "How do you prepare" in after["max", "en", topic]
    assert all("Anew." in after[name, code, topic] for name in ("lena", "max", "visitor") for code in LANGUAGES)
    assert differing(forum.alone(), after) == []


def test_whoever_hides_is_nowhere_at_once(
    forum: Forum, session: Session, people: Mapping[str, Member], talk: Topic
) -> None:
    """Visitors' pages are kept whole, and still say nothing that is no longer to be said."""
    visitor, topic = next(each for each in forum.readers if each.name == "visitor"), forum.pages[3]
    before = visitor.sees(topic)
    assert people["ana"].display_name in before
    session.execute(update(ForumChoice).where(ForumChoice.member_id == people["ana"].id).values(searchable=False))
    session.commit()
    assert people["ana"].display_name not in visitor.sees(topic)
    talk.category_id = session.query(Category).filter_by(slug="inner-room").one().id
    session.commit()
    assert "says 0" not in visitor.sees(topic)


def test_a_visitors_page_is_not_sent_twice(forum: Forum, browser: Browser, people: Mapping[str, Member]) -> None:
    for path in forum.pages[:2] + forum.pages[3:4]:
        first = browser.client.get(path)
        again = browser.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
        assert "Cookie" in first.headers["Vary"]
        hers = browser.signed_in(people["lena"]).client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert hers.status_code == 200
        assert "no-store" in hers.headers["Cache-Control"]


def test_a_visitors_list_leads_on_only_where_more_is(
    app: Flask, session: Session, browser: Browser, lena: Member
) -> None:
    where = forum_stage.place(session, "Practice", circles.EVERYONE, writers=circles.MEMBERS)
    oldest, *_others = [forum_stage.topic(app, session, where, lena, f"Bridge {each}") for each in range(PAGE + 1)]
    assert "Older topics" in browser.open("/forum/practice/").source
    oldest.state = State.HIDDEN
    session.commit()
    assert "Older topics" not in browser.open("/forum/practice/").source


def test_tags_that_somebody_thinks_up_push_nothing_out(app: Flask, browser: Browser) -> None:
    app.extensions.get("forum.whole_pages", {}).clear()
    assert browser.open("/forum/").status == 200
    assert browser.open("/forum/tags/thought-up").status == 200
    assert [key[0] for key in app.extensions["forum.whole_pages"]] == ["/forum/"]


def test_menus_know_of_somebody_only_how_they_stand(app: Flask) -> None:
    asked: list[int] = []

    def shown(actor: object) -> bool:
        asked.append(getattr(actor, "id", -1))
        return True

    with app.test_request_context("/forum/"):
        navigation.add(navigation.Entry("Here", "forum.index", 1, shown), "a menu")
        one, other = (navigation.menu_for(Actor(number, "Somebody"), "a menu") for number in (7, 8))
    assert one is other
    assert asked == [0]
