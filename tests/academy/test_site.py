"""The site's own pages: they stand for everybody, they say what is true, and they lead on."""

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.mail import posting
from academy.notices import letters as notices
from academy.people import presence, retention
from academy.people.models import Member
from academy.site import worker
from tests.browser import Browser
from tests.courses import shelf
from tests.stage import test_settings as settings_for
from wsgi import create_app

PAGES = {
    "/help": "Help",
    "/accessibility": "Accessibility",
    "/privacy": "Privacy",
    "/about": "About this place",
    "/offline": "Without a connection",
}


@pytest.mark.parametrize(("address", "title"), PAGES.items())
def test_everybody_opens_the_pages(browser: Browser, lena: Member, address: str, title: str) -> None:
    for each in (browser, browser.signed_in(lena)):
        page = each.open(address)
        assert (page.status, page.heading) == (200, title)


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_keep_their_form_from_right_to_left(browser: Browser, address: str) -> None:
    page = browser.speaking("fa").open(address)
    assert page.all("html")[0].attrs["dir"] == "rtl"


@pytest.mark.parametrize("address", PAGES)
def test_no_link_of_the_pages_leads_nowhere(browser: Browser, session: Session, lena: Member, address: str) -> None:
    shelf.publish(session)
    reader = browser.signed_in(lena)
    page = reader.open(address)
    own = {link for _, link in page.links() if link.startswith(("/", "#"))}
    for link in own:
        path, _, anchor = link.partition("#")
        target = reader.open(path) if path else page
        assert target.status == 200, link
        assert not anchor or target.all(f"#{anchor}"), link


def test_the_foot_of_every_page_leads_to_them(browser: Browser) -> None:
    for label, heading in (("Help", "Help"), ("Privacy", "Privacy"), ("About", "About this place")):
        assert browser.open("/").follow(label).heading == heading


@pytest.mark.parametrize(
    ("kept", "days", "words"),
    [
        (presence.LEARNER_IDLE, 2 / 24, "ends after two hours without a page"),
        (presence.STAFF_IDLE, 1 / 48, "(half an hour for people with a role)"),
        (presence.LONGEST, 1 / 2, "after twelve hours in any case"),
        (presence.KEPT, 30, "after 30 days if you ticked"),
        (posting.KEPT, 30, "Kept for 30 days. A letter"),
        (notices.KEPT, 180, "for 180 days after that"),
        (retention.UNCONFIRMED_FOR, 7, "goes after seven days"),
    ],
)
def test_the_privacy_page_says_the_times_the_site_keeps(
    browser: Browser, kept: timedelta, days: float, words: str
) -> None:
    assert kept / timedelta(days=1) == days
    assert words in browser.open("/privacy").text


def test_no_page_claims_to_be_official_or_shows_an_emblem(browser: Browser) -> None:
    page = browser.open("/about")
    assert "does not speak for the United Nations" in page.text
    assert page.all("main img") == []


def test_the_offline_page_says_nothing_of_whoever_asked(browser: Browser, lena: Member) -> None:
    assert browser.signed_in(lena).open("/offline").source == browser.open("/offline").source


def test_a_message_is_not_swallowed_by_the_copy_on_the_phone(browser: Browser, lena: Member) -> None:
    phone = browser.signed_in(lena)
    phone.client.post("/account/sign-out", data={"csrf_token": phone.csrf()})
    assert "You are signed out." not in phone.open("/offline").source
    assert "You are signed out." in phone.open("/help").text


def test_a_page_carries_its_readers_mark_and_nothing_to_guess_them_by(
    browser: Browser, lena: Member, max_: Member
) -> None:
    def mark(who: Member) -> str:
        return str(browser.signed_in(who).open("/help").all("[data-reader]")[0].attrs["data-reader"])

    assert re.fullmatch(r"[0-9a-f]{16}", mark(lena))
    assert mark(lena) == mark(lena)
    assert mark(lena) != mark(max_)
    assert browser.open("/help").all("[data-reader]") == []


def test_the_worker_knows_the_files_of_this_build(browser: Browser, app: Flask) -> None:
    response = browser.client.get("/sw.js")
    script = response.get_data(as_text=True)
    assert response.mimetype == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    assets = app.extensions["academy.assets"]
    for name in worker.FILES:
        assert assets.url(name) in script
    assert '"{' not in script


def test_the_scripts_keep_to_their_budget(browser: Browser, app: Flask) -> None:
    def weight(address: str) -> int:
        with browser.client.get(address) as response:
            return len(brotli.compress(response.get_data(), quality=11))

    assert weight("/sw.js") <= 2048
    assert weight(app.extensions["academy.assets"].url("app.js")) <= 5120


def test_the_list_for_phones_holds_what_is_of_use_without_a_connection(
    browser: Browser, session: Session, lena: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    listed = browser.signed_in(lena).client.get("/courses/first-steps/offline.json").get_json()
    assert listed["pages"] == [f"/courses/first-steps/{key}" for key in ("", "canal/water/", "canal/night/")]
    assert (listed["title"], listed["edition"], listed["media"]) == ("First steps", 1, [])
    assert listed["bytes"] > 3 * 10_000


def test_only_those_who_may_study_get_the_list(browser: Browser, session: Session, max_: Member, tariq: Member) -> None:
    shelf.publish(session)
    address = "/courses/first-steps/offline.json"
    assert browser.open(address).heading == "Sign in"
    assert browser.signed_in(max_).open(address).status == 403
    assert browser.signed_in(tariq).open(address).status == 200
    assert browser.signed_in(tariq).open("/courses/nothing/offline.json").status == 404


def test_nobody_learns_of_a_draft_by_its_list(browser: Browser, session: Session, max_: Member) -> None:
    shelf.publish(session, status="draft")
    assert browser.signed_in(max_).open("/courses/first-steps/offline.json").status == 404


def test_a_learner_is_offered_to_keep_the_course_and_a_visitor_is_not(
    browser: Browser, session: Session, lena: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    page = browser.signed_in(lena).open("/courses/first-steps/")
    assert page.all("[data-keep]")[0].attrs["data-free"].startswith("It takes ")
    assert "This needs scripts" in page.text_of("#keep")
    assert browser.open("/courses/first-steps/").all("[data-keep]") == []


def test_the_map_names_what_is_for_everybody_and_nothing_else(browser: Browser, session: Session) -> None:
    shelf.publish(session)
    shelf.publish(session, "hidden", status="draft")
    response = browser.client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    found = [node.text or "" for node in ET.fromstring(response.data).iter() if node.tag.endswith("loc")]  # noqa: S314
    paths = {address.removeprefix("http://localhost") for address in found}
    assert {"/", "/help", "/courses/", "/courses/first-steps/", "/courses/first-steps/canal/water/"} <= paths
    assert not any("hidden" in path or "night" in path or "check" in path for path in paths)
    assert all(browser.open(path).status == 200 for path in paths)


def test_the_style_guide_is_for_developers_alone(browser: Browser, public_site: Flask) -> None:
    assert browser.open("/style").heading == "Style guide"
    assert public_site.test_client().get("/style").status_code == 404


@pytest.fixture
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The same site as the public meets it: not in development."""
    folder = tmp_path_factory.mktemp("public")
    developers = settings_for(folder, f"sqlite:///{folder / 'public.db'}")
    return create_app(replace(developers, development=False))
