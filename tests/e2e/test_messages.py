"""Two alumnae write to each other on their phones, one of them without scripts; a stranger cannot."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests.alumni.message_stage import alumna, handle_of, way_to
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
EXPECTED = re.compile(r"net::ERR_INTERNET_DISCONNECTED|status of 404")


def pressed(page: Page, button: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=button).first.click()


def unexpected(watch: Watch) -> list[str]:
    """The faults that nobody asked for."""
    return [fault for fault in watch.faults if not EXPECTED.search(fault)]


def test_two_alumnae_and_a_stranger(seat: Seat, over_shoulder: Watch, session: Session, max_: Member) -> None:
    vera, zoya = alumna(session, "Vera"), alumna(session, "Zoya")
    hers, other = seat(vera, size=NARROW).new_page(), seat(zoya, "fa", size=NARROW, scripts=False).new_page()
    hers.goto(f"/alumni/members/{handle_of(session, zoya)}")
    hers.get_by_role("link", name="Write a message").click()
    hers.locator("[name=text]").fill("Dear Zoya, may I ask you about the river?")
    over_shoulder.step(hers, "a first message")
    pressed(hers, "Send")
    expect(hers.locator("main")).to_contain_text("Not answered")
    over_shoulder.step(hers, "it waits")
    other.goto("/messages/requests")
    over_shoulder.step(other, "a request in Dari", axe=False)
    other.locator(".answers .button-main").click()
    other.locator("main form textarea").fill("Gladly, Vera.")
    over_shoulder.step(other, "the answer in Dari", axe=False)
    other.locator("main form .button-main").click()
    hers.goto("/messages/")
    over_shoulder.step(hers, "one conversation")
    hers.get_by_role("link", name="Zoya").click()
    expect(hers.locator(".said-new")).to_contain_text("Gladly, Vera.")
    over_shoulder.step(hers, "a conversation")
    stranger = seat(max_, size=NARROW).new_page()
    stranger.goto(way_to(session, zoya))
    expect(stranger.locator("main")).not_to_contain_text("Zoya")
    stranger.goto("/messages/")
    expect(stranger.locator("main")).to_contain_text("You have no conversations yet.")
    assert unexpected(over_shoulder) == []


def test_what_is_typed_survives_a_dropped_line_and_a_closed_tab(
    seat: Seat, over_shoulder: Watch, session: Session
) -> None:
    vera, zoya = alumna(session, "Vera"), alumna(session, "Zoya")
    phone = seat(vera, size=NARROW)
    page = phone.new_page()
    page.goto(way_to(session, zoya))
    page.locator("[name=text]").fill("Dear")
    expect(page.locator(".form-state")).to_have_text("Saved")
    phone.set_offline(offline=True)
    page.locator("[name=text]").fill("Dear Zoya")
    expect(page.locator(".form-state")).to_contain_text("No connection")
    page.close()
    phone.set_offline(offline=False)
    page = phone.new_page()
    page.goto(way_to(session, zoya))
    expect(page.locator("[name=text]")).to_have_value("Dear Zoya")
    assert unexpected(over_shoulder) == []
