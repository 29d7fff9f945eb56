"""Marking on a phone: by keyboard, with kept comments and a talk; blind and by two people, one without scripts."""

import json

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Phone
from tests.e2e.marking_course import COMMENT, SLUG
from tests.e2e.site import LiveSite
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
MAP, LETTER, QUEUE = f"/courses/{SLUG}/water/map/", f"/courses/{SLUG}/water/letter/", "/teach/marking"


@pytest.fixture(scope="module")
def cookies(site: LiveSite) -> dict[str, str]:
    """The session of everybody, by name."""
    made: dict[str, str] = json.loads(site.run("tests.e2e.marking_course"))
    return made


def phone_of(phone: Phone, site: LiveSite, cookie: str, *, scripts: bool = True) -> Page:
    """A phone whose owner is signed in."""
    context = phone("en", scripts=scripts)
    context.add_cookies([{"name": "session", "value": cookie, "url": site.url}])
    return context.new_page()


def by_keyboard(page: Page, button: str) -> None:
    """Press a button with the keyboard."""
    page.get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")


def write(page: Page, address: str, text: str) -> None:
    """Hand a text in."""
    page.goto(address)
    page.locator("[name=text]").fill(text)
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_text("Your work is handed in.").wait_for()


def test_a_trainer_marks_by_keyboard_returns_talks_and_passes(
    site: LiveSite, phone: Phone, watch: Watch, cookies: dict[str, str]
) -> None:
    lena, tariq = (phone_of(phone, site, cookies[name]) for name in ("Lena", "Tariq"))
    write(lena, MAP, "Two villages and a gate.")
    tariq.goto(QUEUE)
    watch.step(tariq, "queue")
    by_keyboard(tariq, "Mark the next one")
    tariq.get_by_text("You are marking this. Others see that.").wait_for()
    watch.step(tariq, "work with its rubric")
    points_by_keyboard(tariq)
    tariq.locator("[name=saved]").focus()
    tariq.keyboard.type("Say who")
    by_keyboard(tariq, "Insert this comment")
    tariq.wait_for_function("words => document.querySelector('[name=comment]').value.includes(words)", arg=COMMENT)
    watch.step(tariq, "marks and a kept comment")
    by_keyboard(tariq, "Send back for another try")
    tariq.locator("h1", has_text="Work that waits for you").wait_for()
    lena.goto(MAP)
    assert COMMENT in lena.locator("main").inner_text()
    watch.step(lena, "sent back")
    lena.locator("[name=message]").fill("Is the elder somebody who decides?")
    lena.get_by_role("button", name="Send the message").click()
    write(lena, MAP, "Two villages, a gate, and an elder who decides.")
    tariq.goto(QUEUE)
    watch.step(tariq, "queue with a message")
    by_keyboard(tariq, "Mark the next one")
    tariq.get_by_text("Is the elder somebody who decides?").wait_for()
    tariq.locator("[name=message]").fill("Yes, for the upper village.")
    by_keyboard(tariq, "Send the message")
    tariq.get_by_text("Yes, for the upper village.").wait_for()
    points_by_keyboard(tariq)
    by_keyboard(tariq, "Give these marks")
    tariq.get_by_text("Nothing waits for marks.").wait_for()
    watch.step(tariq, "nothing is left")
    lena.goto(MAP)
    watch.step(lena, "passed and answered")
    assert "Yes, for the upper village." in lena.locator("main").inner_text()
    assert "Passed" in lena.locator("main").inner_text()


def points_by_keyboard(page: Page) -> None:
    """The best level of the first criterion by the space bar, the points of the second by digits."""
    page.locator("[name=points_0]").first.focus()
    page.keyboard.press("Space")
    page.locator("[name=points_1]").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("6")


def test_two_markers_who_see_no_name_one_of_them_without_scripts(
    site: LiveSite, phone: Phone, watch: Watch, cookies: dict[str, str]
) -> None:
    lena, tariq = (phone_of(phone, site, cookies[name]) for name in ("Lena", "Tariq"))
    olga = phone_of(phone, site, cookies["Olga"], scripts=False)
    write(lena, LETTER, "Dear neighbours on both sides of the gate.")
    for page, points, name in ((tariq, "8", "first"), (olga, "7", "second, no scripts")):
        page.goto(f"{QUEUE}?course={SLUG}&lesson=water/letter")
        page.get_by_text("Name hidden").wait_for()
        page.get_by_role("button", name="Mark the next one").click()
        page.locator("h1", has_text="Work of a learner whose name is hidden").wait_for()
        watch.step(page, f"blind, {name} marker", axe=page is tariq)
        page.locator("[name=points_0]").fill(points)
        page.locator("[name=comment]").fill(f"From the {name} marker.")
        page.get_by_role("button", name="Give these marks", exact=True).click()
        page.locator("h1", has_text="Work that waits for you").wait_for()
    lena.goto(LETTER)
    watch.step(lena, "the mean of two")
    assert "75%" in lena.locator("main").inner_text()
