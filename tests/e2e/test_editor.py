"""The editor in a real browser: typing, saving by itself, a lost connection, a closed tab, two people on one file."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests.courses import workshop
from tests.courses.workshop import EDITOR
from tests.e2e.conftest import NARROW as PHONE
from tests.e2e.conftest import ROOMY as DESK
from tests.e2e.conftest import Seat
from tests.e2e.watch import Watch

pytestmark = pytest.mark.e2e
EXPECTED = re.compile(r"net::ERR_INTERNET_DISCONNECTED|status of 409")


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(EDITOR)
    expect(page.locator("[role=toolbar]")).to_be_visible()
    return page


def state(page: Page, words: str) -> None:
    """Wait until the editor says this."""
    expect(page.locator("#save-state")).to_contain_text(words, timeout=20_000)


def put_cursor(page: Page, words: str) -> None:
    """Select these words of the text."""
    page.locator("#source").evaluate(
        "(area, words) => { const at = area.value.indexOf(words); area.focus(); "
        "area.setSelectionRange(at, at + words.length); }",
        words,
    )


def text(page: Page) -> str:
    return page.locator("#source").input_value()


def test_two_trainers_write_through_bad_weather(
    seat: Seat, session: Session, over_shoulder: Watch, tariq: Member, ada: Member
) -> None:
    workshop.begun(session, tariq)
    his, watch = seat(tariq), over_shoulder
    page = opened(his)
    _types_with_tools(page)
    _is_saved_and_shown(page, session, watch)
    _loses_the_connection(his, page, session)
    page = _closes_the_tab(his, page, session)
    hers = opened(seat(ada))
    _both_write_elsewhere(page, hers, session)
    _both_write_the_same(page, hers, session, watch)
    watch.refuse_faults()


def _types_with_tools(page: Page) -> None:
    put_cursor(page, "Two villages")
    page.keyboard.press("Control+KeyB")
    assert "**Two villages** share" in text(page)
    page.keyboard.press("Control+KeyZ")
    assert "**Two villages** share" not in text(page)
    put_cursor(page, "Two villages")
    page.get_by_role("button", name="Italic").click()
    assert "*Two villages* share" in text(page)
    put_cursor(page, "*Two villages*")
    page.keyboard.press("Control+KeyK")
    page.locator("#link-lesson").select_option("02-check.md")
    page.get_by_role("button", name="Put in").click()
    expect(page.locator("#source")).to_have_value(re.compile(re.escape("[*Two villages*](02-check.md) share")))
    put_cursor(page, "## A gate")
    page.keyboard.press("End")
    page.keyboard.type("\n\n- one\ntwo")
    assert "- one\n- two" in text(page)


def _is_saved_and_shown(page: Page, session: Session, watch: Watch) -> None:
    state(page, "Saved")
    assert b"[*Two villages*](02-check.md) share" in workshop.content(session)
    expect(page.frame_locator("iframe").locator("article")).to_contain_text("two")
    watch.step(page, "editor on a desk")
    put_cursor(page, "02-check.md) share")
    page.keyboard.type("02-chek.md) share")
    page.get_by_role("link", name="Line 11").click()
    assert page.evaluate("document.activeElement.id") == "source"
    put_cursor(page, "02-chek.md) share")
    page.keyboard.type("02-check.md) share")
    state(page, "Saved")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    watch.step(page, "editor on a phone")
    page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})


def _loses_the_connection(context: BrowserContext, page: Page, session: Session) -> None:
    context.set_offline(True)
    put_cursor(page, "A gate is shut.")
    page.keyboard.type("Somebody shut the gate.")
    state(page, "No connection")
    assert b"Somebody shut" not in workshop.content(session)
    context.set_offline(False)
    state(page, "Saved")
    assert b"Somebody shut the gate." in workshop.content(session)


def _closes_the_tab(context: BrowserContext, page: Page, session: Session) -> Page:
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no connection')); }")
    put_cursor(page, "Somebody shut the gate.")
    page.keyboard.type("Nobody shut the gate.")
    state(page, "No connection")
    page.close()
    assert b"Nobody shut" not in workshop.content(session)
    again = opened(context)
    expect(again.get_by_text("It is back in the text below.")).to_be_visible()
    assert "Nobody shut the gate." in text(again)
    state(again, "Saved")
    assert b"Nobody shut the gate." in workshop.content(session)
    return again


def _both_write_elsewhere(page: Page, hers: Page, session: Session) -> None:
    put_cursor(hers, "An invented source.")
    hers.keyboard.type("A source of hers.")
    state(hers, "Saved")
    put_cursor(page, "Nobody shut the gate.")
    page.keyboard.type("The gate is his.")
    state(page, "both changes are in the text now")
    assert "A source of hers." in text(page)
    assert b"The gate is his." in workshop.content(session)
    put_cursor(hers, "A source of hers.")
    hers.keyboard.type("A better source.")
    state(hers, "both changes are in the text now")


def _both_write_the_same(page: Page, hers: Page, session: Session, watch: Watch) -> None:
    put_cursor(hers, "The gate is his.")
    hers.keyboard.type("The gate is hers.")
    state(hers, "Saved")
    put_cursor(page, "The gate is his.")
    page.keyboard.type("The gate is ours.")
    state(page, "changed the same lines")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("Two versions of the same lines")
    watch.faults = [fault for fault in watch.faults if not EXPECTED.search(fault)]
    watch.step(page, "two versions")
    page.locator("[name=own-1]").fill("summary: The gate is theirs.\n")
    page.get_by_role("button", name="Save the decided text").click()
    expect(page.locator("h1")).to_have_text("Edit: The canal")
    assert b"summary: The gate is theirs.\npreview" in workshop.content(session)
    expect(page.locator("[data-kept]")).to_be_hidden()
