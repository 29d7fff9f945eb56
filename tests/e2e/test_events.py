"""A host at a desk and two guests on their phones, one of them without scripts: one seat, a line, a calendar file."""

from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests import makers
from tests.alumni import event_stage
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PLACE = "At the old mill, second door"


def come(page: Page, address: str) -> None:
    """Open the event and press the first button of its answer."""
    page.goto(address)
    page.locator(".card-night .button-main").click()


def test_one_seat_two_guests_and_a_calendar(
    seat: Seat, over_shoulder: Watch, session: Session, ana: Member, tmp_path: Path
) -> None:
    zoya, farid = makers.member(session, "Zoya", alumna=True), makers.member(session, "Farid", alumna=True)
    desk = seat(ana).new_page()
    desk.goto("/alumni/events")
    desk.get_by_role("link", name="Propose an event").click()
    typed = event_stage.typed(seats="1")
    for name in ("title", "text", "day", "begins", "ends", "seats"):
        desk.locator(f"[name={name}]").fill(typed[name])
    desk.get_by_label("At a place").check()
    desk.locator("[name=town]").fill("Osh")
    desk.locator("[name=place]").fill(PLACE)
    desk.get_by_role("button", name="Propose the event").click()
    expect(desk.locator("h1")).to_have_text("Listening at the river")
    over_shoulder.step(desk, "the event of a host")
    first, second = seat(zoya, size=NARROW).new_page(), seat(farid, "fa", size=NARROW, scripts=False).new_page()
    come(first, desk.url)
    expect(first.locator("main")).to_contain_text(PLACE)
    over_shoulder.step(first, "the last seat")
    come(second, desk.url)
    expect(second.locator(".card-apricot")).to_be_visible()
    expect(second.locator("main")).not_to_contain_text(PLACE)
    over_shoulder.step(second, "in line, in Dari", axe=False)
    first.get_by_role("button", name="I cannot come after all").click()
    expect(first.locator("main")).not_to_contain_text(PLACE)
    second.goto(desk.url)
    expect(second.locator("main")).to_contain_text(PLACE)
    over_shoulder.step(second, "moved up, in Dari", axe=False)
    with second.expect_download() as waiting:
        second.locator(".card-turquoise a.button").click()
    waiting.value.save_as(tmp_path / "event.ics")
    (entry,) = Calendar.from_ical((tmp_path / "event.ics").read_bytes()).walk("VEVENT")
    assert (str(entry["summary"]), str(entry["location"])) == ("Listening at the river", f"{PLACE}, Osh")
    desk.goto(f"{desk.url}/guests")
    expect(desk.locator("main")).to_contain_text("Farid")
    over_shoulder.step(desk, "guests of a host")
    assert over_shoulder.faults == []
