"""A post is reported; two who keep order meet over it; its author objects, and the decision is taken back."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests import makers
from tests.alumni import forum_stage
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
EXPECTED = re.compile(r"status of (404|409|422)")
LOUD = "Everybody from that valley is like this, and I know their names."


def pressed(page: Page, button: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=button, exact=True).first.click()


def looked_at(watch: Watch, page: Page, name: str, *, axe: bool = True) -> None:
    """Take a picture; refusals are what these stories are about."""
    watch.faults[:] = [fault for fault in watch.faults if not EXPECTED.search(fault)]
    watch.step(page, name, axe=axe)


def test_report_claim_decision_appeal_and_undo(
    app: Flask, seat: Seat, over_shoulder: Watch, session: Session, ana: Member, lena: Member, mina: Member, ada: Member
) -> None:
    zoya = makers.member(session, "Zoya", alumna=True, language="fa")
    made = forum_stage.topic(app, session, forum_stage.place(session), ana, "The gate", (lena, LOUD))
    address = f"/forum/t/{made.id}"
    session.rollback()
    hers = seat(zoya, "fa", size=NARROW, scripts=False).new_page()
    hers.goto(address)
    hers.locator("#p2 .entry-more summary").click()
    looked_at(over_shoulder, hers, "what can be done with a post, in Dari", axe=False)
    hers.locator("#p2 .entry-menu a[href*='/moderation/report/']").click()
    hers.locator("button[value=exposure]").click()
    one, other = seat(mina).new_page(), seat(ada, size=NARROW).new_page()
    for page in (one, other):
        page.goto("/admin/moderation/")
        page.get_by_role("link", name="A post in the forum").click()
    pressed(one, "Take this case")
    pressed(other, "Take this case")
    expect(other.locator("main")).to_contain_text("Another moderator is looking at this case now.")
    looked_at(over_shoulder, other, "somebody else took it", axe=False)
    expect(one.locator("main")).to_contain_text(LOUD)
    one.locator("[name=on_thing][value=hidden]").check()
    one.locator("[name=reason]").select_option("exposure")
    one.locator("[name=words]").fill("It points to people who did not agree to it.")
    looked_at(over_shoulder, one, "a case about a post", axe=False)
    pressed(one, "Decide")
    own = seat(lena, size=NARROW).new_page()
    own.goto(address)
    looked_at(over_shoulder, own, "her post is out of sight")
    expect(own.locator("#p2")).to_contain_text("Moderators took this post out of sight.")
    own.goto("/my/moderation")
    own.get_by_role("link", name="A post in the forum").click()
    looked_at(over_shoulder, own, "a decision about her post", axe=False)
    own.locator("[name=words]").fill("I meant the hills, not the people.")
    pressed(own, "Ask for a second look")
    other.goto("/admin/moderation/?place=appeals")
    other.get_by_role("link", name="A post in the forum").click()
    pressed(other, "Take this case")
    other.locator("[name=verdict][value=granted]").check()
    other.locator("[name=words]").fill("Nobody can be known by it.")
    pressed(other, "Answer")
    own.goto(address)
    expect(own.locator("#p2")).to_contain_text(LOUD)
    looked_at(over_shoulder, own, "it stands again", axe=False)


def test_two_who_keep_a_topic_do_not_undo_each_other(
    app: Flask, seat: Seat, over_shoulder: Watch, session: Session, ana: Member, mina: Member, ada: Member
) -> None:
    made = forum_stage.topic(app, session, forum_stage.place(session), ana, "The gate")
    tools = f"/forum/t/{made.id}/order"
    session.rollback()
    one, other = seat(mina).new_page(), seat(ada, size=NARROW).new_page()
    for page in (one, other):
        page.goto(tools)
        page.locator("[name=how][value=pinned]").check()
    looked_at(over_shoulder, one, "the tools of a topic")
    for page in (one, other):
        page.locator("form[action$='/pin'] button").click()
    expect(one.locator("main")).to_contain_text("The topic stands where you put it.")
    expect(other.locator("main")).to_contain_text("Somebody changed this meanwhile.")
    looked_at(over_shoulder, other, "somebody was faster")
    other.locator("form[action$='/pin'] button").click()
    expect(other.locator("main")).to_contain_text("The topic stands where you put it.")
