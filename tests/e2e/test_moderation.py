"""A false offer is reported; two moderators meet over it; whoever posted it is warned, and objects."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests import makers
from tests.alumni.opportunity_stage import opportunity
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
EXPECTED = re.compile(r"status of (404|409|422)")
FEE = "300 dollars, to a card number that we send"


def pressed(page: Page, button: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=button, exact=True).first.click()


def decided(page: Page, words: str) -> None:
    """Remove it, warn its owner, and say why."""
    page.locator("[name=on_thing][value=removed]").check()
    page.locator("[name=on_person][value=warned]").check()
    page.locator("[name=reason]").select_option("scam")
    page.locator("[name=words]").fill(words)


def test_reporter_two_moderators_and_the_person_warned(
    seat: Seat, over_shoulder: Watch, session: Session, ana: Member, mina: Member, ada: Member
) -> None:
    zoya = makers.member(session, "Zoya", alumna=True)
    row = opportunity(session, ana, title="Work abroad, visa at once", fee=FEE)
    hers = seat(zoya, "fa", size=NARROW, scripts=False).new_page()
    hers.goto(f"/alumni/opportunities/{row.id}")
    over_shoulder.step(hers, "an offer that asks for money", axe=False)
    hers.locator(f"a[href='/moderation/report/opportunity/{row.id}']").click()
    over_shoulder.step(hers, "why she reports it", axe=False)
    hers.locator("button[value=scam]").click()
    over_shoulder.step(hers, "thanked", axe=False)
    one, other = seat(mina).new_page(), seat(ada, size=NARROW).new_page()
    for page in (one, other):
        page.goto("/admin/moderation/")
        page.get_by_role("link", name="An opportunity").click()
    over_shoulder.step(other, "a case that nobody took")
    pressed(one, "Take this case")
    expect(one.locator("main")).to_contain_text(FEE)
    over_shoulder.step(one, "a case taken")
    pressed(other, "Take this case")
    expect(other.locator("main")).to_contain_text("Another moderator is looking at this case now.")
    decided(one, "It asks applicants for money.")
    pressed(one, "Decide")
    expect(one.locator("main")).to_contain_text("Everybody whom it concerns is told.")
    own = seat(ana, size=NARROW).new_page()
    own.goto("/my/moderation")
    own.get_by_role("link", name="An opportunity").click()
    over_shoulder.check(own, "a decision about me")
    own.locator("[name=words]").fill("The fee is for the test, and is paid back.")
    pressed(own, "Ask for a second look")
    other.goto("/admin/moderation/?place=appeals")
    other.get_by_role("link", name="An opportunity").click()
    pressed(other, "Take this case")
    other.locator("[name=verdict][value=refused]").check()
    other.locator("[name=words]").fill("Nobody here should pay for a test in advance.")
    over_shoulder.check(other, "an appeal")
    pressed(other, "Answer")
    own.reload()
    expect(own.locator("main")).to_contain_text("After a second look the decision stands.")
    over_shoulder.picture(own, "the answer")
    assert [fault for fault in over_shoulder.faults if not EXPECTED.search(fault)] == []
