"""Searching the forum: what is found, in which order, and by whom."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock, search
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.forum.finding.rules import excerpt, plain
from alumni.forum.following import service as following
from alumni.forum.places import circles
from alumni.forum.topics import settling
from alumni.forum.topics.models import State
from tests.alumni import forum_stage, profile_stage
from tests.browser import Browser, Page


def settle(app: Flask) -> None:
    with app.app_context():
        settling.pump(clock.now())


def found(page: Page) -> list[str]:
    return [" ".join(each.to_text(separator=" ").split()) for each in page.all(".topic-title")]


def test_titles_come_first_then_answers_then_the_newest(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    where = forum_stage.place(session)
    forum_stage.topic(app, session, where, ana, "About canals", text="Who opens the gate?")
    answered = forum_stage.topic(app, session, where, ana, "At dusk", (lena, "Dig a canal first."))
    answered.answer_id = forum_stage.post_of(session, answered, 2).id
    session.commit()
    forum_stage.topic(app, session, where, ana, "The newest", text="My canal has **no** water.")
    settle(app)
    page = browser.signed_in(lena).open("/forum/search?q=canal")
    assert found(page) == ["About canals", "At dusk", "The newest"]
    assert page.text_of("mark") == "canal"
    assert "My canal has no water." in page.text


def test_words_are_found_in_other_letters_and_forms(
    app: Flask, session: Session, browser: Browser, lena: Member
) -> None:
    where = forum_stage.place(session)
    forum_stage.topic(app, session, where, lena, "Қайрат пишет", text="Первые встречи были трудными.")
    settle(app)
    reader = browser.signed_in(lena)
    for typed in ("каират", "встреча", "ВСТРЕЧИ"):
        assert found(reader.open(f"/forum/search?q={typed}")) == ["Қайрат пишет"], typed


@pytest.mark.parametrize("way", ["hidden", "closed doors", "another place", "waiting", "keeps away"])
def test_nobody_finds_what_they_may_not_read(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member, way: str
) -> None:
    where = forum_stage.place(session, "Quiet", circles.ALUMNI if way == "another place" else circles.MEMBERS)
    made = forum_stage.topic(app, session, where, ana, "Secret canal", behind_doors=way == "closed doors")
    settle(app)
    if way in {"hidden", "waiting"}:
        forum_stage.post_of(session, made, 1).state = State.HIDDEN if way == "hidden" else State.WAITING
    if way == "keeps away":
        blocks.block(session, member_id=ana.id, other_id=lena.id, now=clock.now())
    session.commit()
    page = browser.signed_in(lena).open("/forum/search?q=canal")
    assert "Nothing that you may read fits these words." in page.text
    assert "Secret" not in browser.signed_in(lena).open("/search?q=secret").text


def test_the_search_is_narrowed(app: Flask, session: Session, browser: Browser, lena: Member, ana: Member) -> None:
    where = forum_stage.place(session)
    profile_stage.profile(session, ana, handle="ana-q")
    for who, title in ((ana, "One canal"), (lena, "Two canals")):
        forum_stage.topic(app, session, where, who, title)
    settle(app)
    reader = browser.signed_in(ana)
    assert found(reader.open("/forum/search?q=canal&place=practice")) == ["Two canals", "One canal"]
    assert found(reader.open("/forum/search?q=canal&author=ana-q")) == ["One canal"]
    assert found(reader.open("/forum/search?q=canal&author=nobody")) == []
    assert found(reader.open("/forum/search?q=canal&until=2020-01-01")) == []
    assert found(reader.open("/forum/search?q=canal&tag=water")) == []
    assert found(browser.open("/forum/search?q=canal")) == []
    assert "Two canals" in reader.open("/search?q=canal").text


def test_visitors_find_nobody_by_name_who_is_not_named_to_them(
    app: Flask, session: Session, browser: Browser, ana: Member
) -> None:
    where = forum_stage.place(session, readers=circles.EVERYONE)
    profile_stage.profile(session, ana, show=Audience.EVERYONE, handle="ana-q")
    forum_stage.topic(app, session, where, ana, "One canal")
    settle(app)
    assert found(browser.open("/forum/search?q=canal")) == ["One canal"]
    assert found(browser.open("/forum/search?q=canal&author=ana-q")) == []
    following.choose(session, member_id=ana.id, searchable=True, words_in_letters=False)
    session.commit()
    assert found(browser.open("/forum/search?q=canal&author=ana-q")) == ["One canal"]


def test_an_excerpt_shows_the_words_that_were_looked_for() -> None:
    text = plain(
        "## Start\n\n> quoted [a link](https://example.org)\n\n" + "word " * 60 + "**canal** water " + "end " * 90
    )
    pieces = excerpt(text, search.asked("canal"))
    assert [each.text for each in pieces if each.found] == ["canal"]
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert "**" not in text
    assert "example.org" not in text


def test_search_engines_are_led_only_to_what_they_may_keep(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    square, inside = forum_stage.place(session, "Square", circles.EVERYONE), forum_stage.place(session, "Inside")
    following.choose(session, member_id=ana.id, searchable=True, words_in_letters=False)
    session.commit()
    reply = (lena, "Mine is not for search engines.")
    open_one = forum_stage.topic(app, session, square, ana, "Open", *[(ana, "More.")] * 20, reply)
    others = (
        forum_stage.topic(app, session, square, lena, "By somebody who hides"),
        forum_stage.topic(app, session, square, ana, "Answered by somebody who hides", reply),
        forum_stage.topic(app, session, inside, ana, "For members"),
        forum_stage.topic(app, session, square, ana, "Waiting", state=State.WAITING),
        forum_stage.topic(app, session, square, ana, "Behind doors", behind_doors=True),
    )
    numbers = [each.id for each in others]
    address = f"/forum/t/{open_one.id}/open"
    session.rollback()
    on_the_map = browser.client.get("/sitemap.xml").text
    assert f"{address}</loc>" in on_the_map
    assert not any(f"/forum/t/{number}/" in on_the_map for number in numbers)
    for path, kept_out in ((address, False), (f"{address}/21", True), (f"/forum/t/{numbers[1]}", True)):
        answer = browser.client.get(path, follow_redirects=True)
        assert (answer.headers.get("X-Robots-Tag") == "noindex") == kept_out, path
        assert ('name="robots" content="noindex"' in answer.text) == kept_out, path
