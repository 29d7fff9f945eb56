"""A way to a service that translates: shown where it is of use, never behind closed doors, and nothing goes unasked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.blocks import service as blocks
from alumni.forum.places import circles
from alumni.forum.topics import translating
from alumni.forum.topics.models import State, Topic
from tests.alumni import forum_stage
from tests.browser import Browser

SERVICE = "https://translate.example/?from={from}&to={to}&q={text}"


@pytest.fixture
def service(app: Flask) -> Iterator[None]:
    """The academy chose one."""
    before = app.extensions["academy.settings"]
    app.extensions["academy.settings"] = replace(before, translate_url=SERVICE)
    yield
    app.extensions["academy.settings"] = before


def russian(app: Flask, session: Session, by: Member, readers: str = circles.EVERYONE) -> Topic:
    """A topic whose first post is in Russian."""
    where = forum_stage.place(session, "Place", readers)
    made = forum_stage.topic(app, session, where, by, "Встречи", text="Спросите **всех**, @vera!")
    forum_stage.post_of(session, made, 1).language = "ru"
    session.commit()
    return made


def ways(browser: Browser, topic: int) -> list[str]:
    """Where the links lead that stand under posts to have them translated."""
    found = browser.open(f"/forum/t/{topic}").all(".entry-foot a[href*='/translate']")
    return [each.attrs["href"] for each in found]


@pytest.mark.usefixtures("service")
def test_a_reader_sees_what_would_be_sent_and_where_before_anything_is(
    app: Flask, session: Session, browser: Browser, lena: Member, max_: Member
) -> None:
    number = russian(app, session, lena).id
    session.rollback()
    for reader in (browser, browser.signed_in(max_)):
        (way,) = ways(reader, number)
        page = reader.open(way)
        assert page.text_of(".sent-words") == "Спросите всех, @…!"
        (link,) = page.all("a[href^='https://translate.example/']")
        assert link.attrs["href"].startswith("https://translate.example/?from=ru&to=en&q=%D0%A1")
        assert "noreferrer" in link.attrs["rel"]
        assert page.all(".notice-warning") == []
    assert ways(browser.speaking("ru"), number) == []
    assert browser.speaking("ru").open(way).status == 404


@pytest.mark.usefixtures("service")
def test_in_a_closed_circle_it_warns_and_behind_closed_doors_there_is_none(
    app: Flask, session: Session, browser: Browser, ana: Member, lena: Member
) -> None:
    among = russian(app, session, ana, circles.ALUMNI)
    doors = russian_behind_doors(app, session, ana)
    numbers, secret = (among.id, doors.id), forum_stage.post_of(session, doors, 1).id
    session.rollback()
    reader = browser.signed_in(ana)
    (way,) = ways(reader, numbers[0])
    assert "These words are not public" in reader.open(way).text_of(".notice-warning")
    assert browser.signed_in(lena).open(way).status == 404
    assert ways(reader, numbers[1]) == []
    assert reader.open(f"/forum/p/{secret}/translate").status == 404


def russian_behind_doors(app: Flask, session: Session, by: Member) -> Topic:
    """The same, where nobody is named."""
    made = forum_stage.topic(app, session, forum_stage.place(session, "Doors"), by, "Тихо", behind_doors=True)
    forum_stage.post_of(session, made, 1).language = "ru"
    session.commit()
    return made


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("how", ["hidden", "kept away", "unknown"])
def test_what_a_reader_cannot_see_is_not_sent_either(
    app: Flask, session: Session, browser: Browser, lena: Member, max_: Member, how: str
) -> None:
    made = russian(app, session, lena, circles.MEMBERS)
    number, post = made.id, forum_stage.post_of(session, made, 1)
    if how == "kept away":
        blocks.block(session, member_id=lena.id, other_id=max_.id, now=clock.now())
    else:
        post.state, post.language = (State.HIDDEN, "ru") if how == "hidden" else (State.SHOWN, "")
    address = f"/forum/p/{post.id}/translate"
    session.commit()
    assert ways(browser.signed_in(max_), number) == []
    assert browser.signed_in(max_).open(address).status == 404


def test_without_a_service_there_is_no_way(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    number = russian(app, session, lena).id
    session.rollback()
    assert ways(browser, number) == []


def test_words_go_without_marks_names_and_addresses() -> None:
    said = "> @vera, [#2](/forum/p/7):\n>\n> **Why?**\n\nAsk [the others](https://a.example), @ana-b.\n\n# 1 * 2"
    assert translating.words_of(said) == "Why?\n\nAsk the others, @….\n\n1  2"
    long = translating.words_of("слово " * 1000)
    assert len(long) <= translating.LONGEST
    assert long.endswith("слово …")
    assert len(translating.words_of("語" * 2000)) <= translating.LONGEST
    brought_in = "> Vera Old, [#3](/forum/p/7):\n>\n> > @vera, [#1](/forum/p/2):\n> >\n> > deep\n\nyes"
    assert translating.words_of(brought_in) == "deep\n\nyes"
    assert translating.words_of(f"[map](https://a.example/?key={'k' * 400})") == "map"
    sent = translating.address(SERVICE, "a&b {to}", language="fa", reads="en")
    assert sent == "https://translate.example/?from=fa&to=en&q=a%26b%20%7Bto%7D"
