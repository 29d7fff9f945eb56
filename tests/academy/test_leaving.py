"""Who signs out or erases the account leaves nothing on the phone, in a real browser too."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from academy.people.models import Member
from tests.browser import Browser

GONE = "Your account and what was in it are erased. Go well."


def cleared(browser: Browser, path: str, **values: str) -> list[str]:
    """What the browser is asked to forget."""
    answer = browser.client.post(path, data={"csrf_token": browser.csrf(), **values})
    assert answer.status_code == 303
    return sorted(part.strip(' "') for part in answer.headers["Clear-Site-Data"].split(","))


def test_signing_out_clears_what_pages_left(browser: Browser, lena: Member) -> None:
    assert cleared(browser.signed_in(lena), "/account/sign-out") == ["cache", "storage"]


def test_erasing_the_account_clears_cookies_too_and_says_good_bye(browser: Browser, lena: Member) -> None:
    hers = browser.signed_in(lena)
    assert cleared(hers, "/account/erase", sure="y") == ["cache", "cookies", "storage"]
    hers.client.delete_cookie("session")
    assert GONE in hers.open("/account/sign-in?erased=1").text
    assert GONE not in hers.open("/account/sign-in").text


@pytest.fixture
def phone(app: Flask, browser: Browser, lena: Member, chromium: Chromium) -> Iterator[BrowserContext]:
    """Lena's phone, on which she is signed in."""
    server = make_server("localhost", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    cookie = browser.signed_in(lena).client.get_cookie("session")
    assert cookie is not None
    address = f"http://localhost:{server.server_port}"
    with closing(chromium.new_context(base_url=address, locale="en-GB")) as context:
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address, "httpOnly": True}])
        yield context
    server.shutdown()
    serving.join()


def left_on(page: Page) -> tuple[list[str], list[str], int]:
    """The names in the store and among the caches, and how many workers wait."""
    store: list[str] = page.evaluate("Object.keys(localStorage)")
    caches: list[str] = page.evaluate("caches.keys()")
    workers: int = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
    return store, caches, workers


def settled(phone: BrowserContext) -> Page:
    """A page of somebody who wrote and kept something and chose a language."""
    page = phone.new_page()
    page.goto("/help?lang=ru")
    page.goto("/help?lang=en")
    page.evaluate("localStorage.setItem('draft:letter', 'words')")
    page.evaluate("caches.open('kept:lena').then((box) => box.put('/x', new Response('words')))")
    page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => 1)")
    assert left_on(page)[2] == 1
    return page


@pytest.mark.e2e
def test_an_erased_account_leaves_an_empty_phone(phone: BrowserContext) -> None:
    page = settled(phone)
    page.goto("/account/erase")
    page.locator("[name=sure]").check()
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_text(GONE)).to_be_visible()
    assert [cookie["name"] for cookie in phone.cookies()] in ([], ["session"])
    store, caches, workers = left_on(page)
    assert (store, [name for name in caches if not name.startswith("shell:")], workers) == ([], [], 0)


@pytest.mark.e2e
def test_signing_out_keeps_the_language_and_nothing_else(phone: BrowserContext) -> None:
    page = settled(phone)
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert {cookie["name"] for cookie in phone.cookies()} == {"session", "language"}
    store, caches, workers = left_on(page)
    assert (store, [name for name in caches if not name.startswith("shell:")], workers) == ([], [], 0)
