"""Writing in the forum: the way of a writer, of a newcomer, and of whoever changes their mind."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.forum.drafts.models import Draft
from alumni.forum.topics.models import Post, State, Topic
from alumni.moderation.models import Case, Silence
from tests.academy.handed_files import png
from tests.alumni import forum_stage
from tests.alumni.profile_stage import profile
from tests.browser import Browser
from tests.browser import words as words_of


@pytest.fixture
def writers(session: Session, lena: Member, ana: Member) -> None:
    """Lena and Ana have been here for a while."""
    for each in (lena, ana):
        each.confirmed_at = clock.now() - timedelta(days=400)
    session.commit()


pytestmark = pytest.mark.usefixtures("writers")


def test_ana_begins_a_topic_and_lena_replies(session: Session, browser: Browser, lena: Member, ana: Member) -> None:
    where = forum_stage.place(session, "Practice")
    form = browser.signed_in(ana).open(f"/forum/{where.slug}/begin")
    page = form.submit(
        "Begin the topic", title="First meetings", text="How do **you** prepare?", tags="water, Mediation, WATER"
    )
    assert page.heading == "First meetings"
    assert page.text_of(".entry .prose strong") == "you"
    assert [words_of(tag) for tag in page.all(".topic-tag")] == ["Mediation", "WATER"]
    answered = browser.signed_in(lena).open(page.url).submit("Send", text="I write the names down.")
    assert "I write the names down." in answered.text
    assert answered.url.startswith(page.url.partition("#")[0])


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    session: Session, browser: Browser, ana: Member
) -> None:
    where = forum_stage.place(session, "Practice")
    page = browser.signed_in(ana).open(f"/forum/{where.slug}/begin")
    page = page.submit("Begin the topic", title="", text="My words", tags="a,b,c,d,e,f")
    assert page.status == 422
    assert page.errors == ["Please fill this in.", "Please give five tags at most."]
    assert "My words" in page.text_of("textarea")


def test_a_preview_shows_the_words_as_the_post_will(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    profile(session, ana, handle="ana-h")
    topic = forum_stage.topic(app, session, forum_stage.place(session), ana)
    text = "See #1, @ana-h and a note[^1].\n\n[^1]: *Here.*"
    page = browser.signed_in(lena).open(f"/forum/t/{topic.id}").submit("Preview", text=text)
    assert page.status == 200
    seen = page.response.text.partition('aria-live="polite">')[2].partition("</div>")[0]
    page.submit("Send")
    kept = forum_stage.post_of(session, topic, 2).html
    assert seen.replace(f"-{topic.id}-0-", f"-{topic.id}-2-") == kept
    assert 'href="/alumni/members/ana-h"' in kept


def test_a_script_asks_for_the_preview_alone(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), lena)
    writer = browser.signed_in(lena)
    page = writer.open(f"/forum/t/{topic.id}")
    values = {**page.form("Preview").values, "act": "preview", "text": "**Bold**"}
    headers = {"X-Requested-With": "preview"}
    answer = writer.client.post(f"/forum/t/{topic.id}/reply", data=values, headers=headers)
    assert answer.text == "<p><strong>Bold</strong></p>\n"
    assert session.scalar(select(func.count()).select_from(Post)) == 1


def test_a_post_is_quoted_with_whose_it_is_and_where_it_stands(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    profile(session, ana, handle="ana-h", show=Audience.EVERYONE)
    topic = forum_stage.topic(app, session, forum_stage.place(session), ana, text="One\n\nTwo")
    first, address = number_of(session, topic, 1), f"/forum/t/{topic.id}/first-meetings"
    session.rollback()
    page = browser.signed_in(lena).open(f"{address}?quote={first}")
    quotation = f"> @ana-h, [#1](/forum/p/{first}):\n>\n> One\n>\n> Two"
    assert page.text_of("#reply textarea") == quotation.replace("\n", " ")
    page = page.submit("Send", text=f"{quotation}\n\nI agree.")
    assert f'href="/forum/p/{first}"' in page.response.text.partition("<blockquote>")[2]
    assert "in reply to #1" in page.text
    replies = browser.signed_in(lena).open(address).follow("1 reply")
    assert "I agree." in replies.text


def test_behind_closed_doors_a_quotation_names_nobody(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    profile(session, ana, handle="ana-h", show=Audience.EVERYONE)
    topic = forum_stage.topic(app, session, forum_stage.place(session), ana, behind_doors=True)
    first, address = number_of(session, topic, 1), f"/forum/t/{topic.id}/topic"
    session.rollback()
    page = browser.signed_in(lena).open(f"{address}?quote={first}")
    assert page.text_of("#reply textarea").startswith("> [#1]")


def test_a_newcomers_post_waits_and_is_theirs_to_see(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member, max_: Member
) -> None:
    max_.confirmed_at = clock.now()
    session.commit()
    topic = forum_stage.topic(app, session, forum_stage.place(session), ana)
    page = browser.signed_in(max_).open(f"/forum/t/{topic.id}").submit("Send", text="I am new here.")
    assert "A moderator looks at this post" in page.notice
    assert "I am new here." in page.text
    assert "I am new here." not in browser.signed_in(lena).open(f"/forum/t/{topic.id}").text
    crowded = browser.signed_in(max_).open(f"/forum/t/{topic.id}")
    crowded = crowded.submit("Send", text="https://a.example https://b.example https://c.example")
    assert crowded.status == 422
    assert "https://c.example" in crowded.text_of("textarea")
    assert forum_stage.post_of(session, topic, 2).state == State.WAITING


def test_what_was_begun_is_kept_listed_and_gone_once_sent(
    app: Flask, session: Session, browser: Browser, lena: Member
) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), lena)
    writer = browser.signed_in(lena)
    begun = {**writer.open(f"/forum/t/{topic.id}").form("Send").values, "text": "Half a thought"}
    assert writer.post(f"/forum/t/{topic.id}/draft", begun).notice == "Done Your draft is saved."
    page = writer.open("/forum/drafts")
    assert "Half a thought" in page.text
    page = page.follow("Go on writing")
    assert page.text_of("#reply textarea") == "Half a thought"
    page.submit("Send", text="Half a thought, and the rest")
    assert "You have no drafts." in writer.open("/forum/drafts").text
    late = {**page.form("Send").values, "text": "Half a thought"}
    assert writer.post(f"/forum/t/{topic.id}/draft", late).status == 200
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_topic_that_closes_meanwhile_keeps_the_words(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), ana)
    page = browser.signed_in(lena).open(f"/forum/t/{topic.id}")
    topic.closed_at = clock.now()
    session.commit()
    page = page.submit("Send", text="A long thought")
    assert page.status == 409
    assert "A long thought" in page.text_of(".kept-words")
    assert "A long thought" in browser.signed_in(lena).open("/forum/drafts").text


def test_a_form_that_is_sent_twice_is_one_post(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), lena)
    writer = browser.signed_in(lena)
    page = writer.open(f"/forum/t/{topic.id}")
    for _press in range(2):
        page.submit("Send", text="Only once")
    session.expire_all()
    assert (topic.posts, topic.last_number) == (2, 2)


def test_whoever_may_not_write_gets_no_form_and_no_way_past_it(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session, writers="alumni", starters="alumni"), ana)
    reader = browser.signed_in(lena)
    assert reader.open(f"/forum/t/{topic.id}").all("#reply") == []
    assert reader.post(f"/forum/t/{topic.id}/reply", {"text": "x"}).status == 403
    assert reader.open("/forum/practice/begin").status == 403
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_whoever_is_kept_away_by_its_author_cannot_write_in_a_topic(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member
) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), ana)
    blocks.block(session, member_id=ana.id, other_id=lena.id, now=clock.now())
    session.commit()
    reader = browser.signed_in(lena)
    page = reader.open(f"/forum/t/{topic.id}")
    assert page.heading == "A topic that its author deleted"
    assert page.all("#reply") == []
    assert reader.post(f"/forum/t/{topic.id}/reply", {"text": "x"}).status == 404


def test_a_picture_comes_with_words_and_for_whoever_may_read_alone(
    app: Flask, session: Session, browser: Browser, ana: Member, max_: Member
) -> None:
    where = forum_stage.place(session, readers="alumni")
    topic = forum_stage.topic(app, session, where, ana)
    writer = browser.signed_in(ana)
    page = writer.open(f"/forum/t/{topic.id}").submit("Send", text="A map", file=(io.BytesIO(png()), "map.png"))
    assert page.errors == ["Please say in a few words what the file shows."]
    page = page.submit("Send", text="A map", file=(io.BytesIO(png()), "map.png"), file_name="A map of the valley")
    picture = page.all("#p2 img")[0]
    assert picture.attrs["alt"] == "A map of the valley"
    address = picture.attrs["src"]
    assert writer.client.get(address).mimetype == "image/webp"
    assert browser.signed_in(max_).open(address).status == 404
    assert session.scalar(select(Post.files).where(Post.topic_id == topic.id, Post.number == 2)) == 1
    number = number_of(session, topic, 2)
    session.rollback()
    files = writer.open(f"/forum/p/{number}/files")
    assert "A map of the valley" in files.text
    assert files.submit("Take away").notice == "Done The file is gone."
    assert writer.client.get(address).status_code == 404


def test_silence_holds_here_too(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), lena)
    silenced(session, lena)
    answer = browser.signed_in(lena).post(f"/forum/t/{topic.id}/reply", {"text": "x"})
    assert answer.status == 403
    assert "A decision of the moderators" in answer.text
    assert session.scalar(select(func.count()).select_from(Topic)) == 1


def number_of(session: Session, topic: Topic, number: int) -> int:
    """The permanent number of a post."""
    return forum_stage.post_of(session, topic, number).id


def silenced(session: Session, who: Member) -> None:
    """Moderators keep this member from writing until tomorrow."""
    now = clock.now()
    case = Case(origin="reported", kind="forum_post", number=0, opened_at=now)
    session.add(case)
    session.flush()
    session.add(Silence(member_id=who.id, case_id=case.id, began_at=now, until=now + timedelta(days=1)))
    session.commit()


def test_a_reply_asks_six_questions_and_an_hour_takes_sixty_posts(
    app: Flask, session: Session, browser: Browser, lena: Member, ana: Member, query_count: Callable[[], Any]
) -> None:
    topic = forum_stage.topic(app, session, forum_stage.place(session), ana)
    writer, address = browser.signed_in(lena), f"/forum/t/{topic.id}/reply"
    values = {"csrf_token": writer.csrf(), "text": "I write the names down, and who sits where."}
    with query_count() as count:
        assert writer.client.post(address, data=values).status_code == 303
    assert count.total == 6
    session.expire_all()
    forum_stage.fill(session, topic, lena, 59)
    assert writer.client.post(address, data=values).status_code == 429
