"""The forum in a real browser: who reads, who writes, who is new, and those who keep order in it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import clock
from academy.people import passwords
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.forum.places.circles import EVERYONE, MEMBERS
from alumni.forum.places.models import Category, Keeper
from alumni.forum.topics.models import ForumChoice, Topic
from tests import makers
from tests.alumni import forum_stage
from tests.alumni.letter_stage import said
from tests.alumni.profile_stage import profile
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.people import PHRASE
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
EXPECTED = re.compile(r"net::ERR_INTERNET_DISCONNECTED|status of (409|422)")
TITLE = "First meetings"


@pytest.fixture
def place(session: Session, ana: Member, lena: Member, mina: Member) -> Category:
    """A place that everybody reads; Ana, Lena and Mina have been here for a while, and Ana shows her name."""
    session.execute(update(Member).values(confirmed_at=clock.now() - timedelta(days=400)))
    del lena, mina
    profile(session, ana, handle="ana", show=Audience.NETWORK)
    return forum_stage.place(session, "Practice", EVERYONE, writers=MEMBERS, starters=MEMBERS)


@pytest.fixture
def topic(app: Flask, session: Session, place: Category, ana: Member, lena: Member) -> Topic:
    """Ana's topic with a reply of Lena's."""
    said_so = "I write all names down, and **who sits where**.\n\nThen I drink tea with the eldest."
    return forum_stage.topic(app, session, place, ana, TITLE, (lena, said_so))


def way_to(session: Session, made: Topic) -> str:
    """The address of a topic."""
    path = f"/forum/t/{made.id}"
    session.rollback()
    return path


def number_of(session: Session, made: Topic, number: int) -> int:
    """The permanent number of a post."""
    found = forum_stage.post_of(session, made, number).id
    session.rollback()
    return found


def pressed(page: Page, button: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=button, exact=True).first.click()


def act_on(page: Page, number: int, name: str) -> None:
    """Open what can be done with a post, and follow one of its links."""
    page.locator(f"#p{number} .entry-more summary").click()
    page.locator(f"#p{number} .entry-menu").get_by_text(name, exact=True).click()


def looked_at(watch: Watch, page: Page, name: str, *, axe: bool = True) -> None:
    """Take a picture; refusals and a dropped line are what these stories are about."""
    watch.faults[:] = [fault for fault in watch.faults if not EXPECTED.search(fault)]
    watch.step(page, name, axe=axe)


def test_a_visitor_reads_becomes_a_member_and_goes_on_where_they_stopped(
    app: Flask, seat: Seat, over_shoulder: Watch, session: Session, topic: Topic, lena: Member, ana: Member
) -> None:
    forum_stage.fill(session, topic, ana, 24)
    with app.app_context():
        lena.password_hash = passwords.hashed(PHRASE)
    session.add(ForumChoice(member_id=lena.id))  # she was here before any of this was written
    session.commit()
    address, email = way_to(session, topic), lena.email
    session.rollback()
    page = seat(None, size=NARROW).new_page()
    page.goto("/forum/")
    looked_at(over_shoulder, page, "the forum for visitors")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("main")).not_to_contain_text("Ana")
    looked_at(over_shoulder, page, "a topic for visitors")
    page.get_by_role("link", name="Sign in to take part").click()
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PHRASE)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text("Ana")
    page.get_by_text("You follow this topic as usual").click()
    page.get_by_label("Watch").check()
    looked_at(over_shoulder, page, "how closely one follows a topic")
    pressed(page, "Keep this choice")
    expect(page.locator("main")).to_contain_text("You watch this topic because you chose to.")
    page.goto("/forum/practice/")
    page.get_by_role("link", name=TITLE).click()
    expect(page).to_have_url(re.compile("/21#p21$"))
    expect(page.locator("#p26")).to_contain_text("Line 24")
    said(app, session, topic, ana, "It went well.")
    page.goto(address)
    page.get_by_role("link", name="To the first post you have not read").click()
    expect(page.locator("#p27 .entry-mark")).to_have_text("new")
    looked_at(over_shoulder, page, "the first post not read")


def test_reading_without_scripts_in_dari(
    app: Flask, seat: Seat, over_shoulder: Watch, session: Session, topic: Topic, max_: Member, ana: Member
) -> None:
    forum_stage.fill(session, topic, ana, 24)
    address = way_to(session, topic)
    page = seat(max_, "fa", size=NARROW, scripts=False).new_page()
    page.goto(address)
    page.locator("details.fold", has=page.locator("[name=level]")).locator("summary").click()
    page.locator("[name=level][value=watch]").check()
    looked_at(over_shoulder, page, "watching in Dari", axe=False)
    page.locator("form[action$='/follow'] button").click()
    expect(page.locator("details.fold", has=page.locator("[name=level]")).locator("summary")).to_contain_text("خودتان")
    said(app, session, topic, ana, "It went well.")
    page.goto("/my/notices")
    looked_at(over_shoulder, page, "told in Dari", axe=False)
    page.goto(address)
    page.locator("main .meta a[href*='#p']").first.click()
    expect(page.locator("#p27")).to_contain_text("It went well.")
    looked_at(over_shoulder, page, "a page of a topic in Dari", axe=False)


def test_what_one_writes_survives_is_shown_before_and_can_be_changed(
    seat: Seat, over_shoulder: Watch, session: Session, topic: Topic, ana: Member
) -> None:
    address = way_to(session, topic)
    phone = seat(ana, size=NARROW)
    page = phone.new_page()
    page.goto(address)
    page.locator("#p2 .prose p").first.select_text()
    page.locator("#p2 .entry-foot a[data-quote]").dispatch_event("pointerdown")
    page.locator("#p2 .entry-foot a[data-quote]").dispatch_event("click")
    text = page.locator("[name=text]")
    expect(text).to_have_value(re.compile(r"#2\]\(/forum/p/\d+\):\n>\n> I write all names down"))
    phone.set_offline(offline=True)
    text.press("Control+End")
    text.press_sequentially("Tea first, *then* the names.")
    expect(page.locator(".form-state")).to_contain_text("No connection")
    phone.set_offline(offline=False)
    expect(page.locator(".form-state")).to_have_text("Saved")
    expect(page.locator(".preview em")).to_have_text("then")
    looked_at(over_shoulder, page, "a reply with a quotation and its preview")
    shown = page.locator(".preview .prose").inner_html()
    desk = seat(ana).new_page()
    desk.goto("/forum/drafts")
    looked_at(over_shoulder, desk, "a draft on another device")
    desk.get_by_role("link", name="Go on writing").click()
    expect(desk.locator("[name=text]")).to_have_value(re.compile(r"Tea first"))
    pressed(desk, "Send")
    assert desk.locator("#p3 .prose").inner_html() == shown
    act_on(desk, 3, "Change")
    desk.locator("[name=text]").fill("Tea first, then *all* the names.")
    desk.locator("[name=reason]").fill("I forgot a word")
    looked_at(over_shoulder, desk, "changing a post")
    pressed(desk, "Save")
    desk.locator("#p3").get_by_role("link", name="changed").click()
    expect(desk.locator("ins").first).to_be_visible()
    expect(desk.locator("main")).to_contain_text("I forgot a word")
    looked_at(over_shoulder, desk, "how a post changed")


def test_a_newcomers_first_post_waits_until_whoever_keeps_the_place_shows_it(
    seat: Seat, over_shoulder: Watch, session: Session, place: Category, topic: Topic, lena: Member
) -> None:
    session.add(Keeper(category_id=place.id, member_id=lena.id, since=makers.LONG_AGO))
    newcomer = makers.member(session, "Nilufar", language="fa")
    newcomer.confirmed_at = clock.now()
    session.commit()
    address = way_to(session, topic)
    page = seat(newcomer, "fa", size=NARROW).new_page()
    page.goto(address)
    page.locator("[name=text]").fill("https://one.example https://two.example https://three.example")
    page.locator(".writing .button-main").click()
    expect(page.locator(".field-error")).to_be_visible()
    looked_at(over_shoulder, page, "too many links, in Dari")
    page.locator("[name=text]").fill("سلام! من تازه‌وارد هستم.")
    page.locator(".writing .button-main").click()
    expect(page.locator("#p3 .entry-mark")).to_be_visible()
    looked_at(over_shoulder, page, "it waits, in Dari")
    keeper = seat(lena).new_page()
    keeper.goto("/forum/practice/")
    keeper.get_by_role("link", name="What waits in this place").click()
    looked_at(over_shoulder, keeper, "what waits in a place")
    keeper.get_by_role("link", name=TITLE).last.click()
    expect(keeper.locator("blockquote")).to_contain_text("تازه‌وارد")
    keeper.locator("[name=verdict]").first.check()
    looked_at(over_shoulder, keeper, "a post that waits")
    pressed(keeper, "Decide")
    expect(keeper.locator("#p3 .entry-mark")).to_have_count(0)
    page.goto(address)
    expect(page.locator("#p3")).to_contain_text("تازه‌وارد")
    expect(page.locator("#p3 .entry-mark")).to_have_count(0)
