"""Reading without a connection, in a real browser: keep, read, mark as done, send later, and leave no trace."""

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer, make_server

from academy.people.models import Member
from courses.progress.queries import standings_in_course
from tests.browser import Browser
from tests.courses import shelf

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

pytestmark = pytest.mark.e2e
COURSE = "/courses/first-steps/"
WATER, NIGHT = f"{COURSE}canal/water/", f"{COURSE}canal/night/"
KEEP, REMOVE, DONE = "Keep on this phone", "Remove from this phone", "Mark as done and continue"
WAITS = "It will be sent when you are online."


class Line:
    """The line between the phone and the site: it can be cut, and it counts what came through."""

    def __init__(self, app: Flask) -> None:
        self.app, self.port, self.posts, self.tears_at_post = app, 0, list[str](), False
        self.delay = 0  # seconds before every answer
        self._server: BaseWSGIServer | None = None
        self.mend()

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        """Let the site be reached, at the same address as before."""
        self._server = make_server("127.0.0.1", self.port, self._counting, threaded=True)
        self.port = self._server.port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def cut(self) -> None:
        """Let nobody reach the site: the phone still believes that it is online."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _counting(self, environ: dict[str, Any], start: "StartResponse") -> Iterable[bytes]:
        time.sleep(self.delay)
        if environ["REQUEST_METHOD"] == "POST":
            self.posts.append(environ["PATH_INFO"])
        elif self.posts and self.tears_at_post:
            start("503 Service Unavailable", [("Content-Type", "text/html")])
            return [b"<title>Away</title><h1>Away</h1>"]
        return self.app(environ, start)


@pytest.fixture
def line(app: Flask) -> Iterator[Line]:
    """The site on a port of its own."""
    made = Line(app)
    yield made
    made.cut()


@pytest.fixture
def phone(chromium: Chromium, line: Line) -> Iterator[BrowserContext]:
    """A phone that nobody is signed in on."""
    context = chromium.new_context(
        base_url=line.url, viewport={"width": 360, "height": 740}, locale="en", reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def enter(phone: BrowserContext, browser: Browser, who: Member) -> None:
    """Let somebody be signed in on the phone from the next page on."""
    cookie = browser.signed_in(who).client.get_cookie("session")
    assert cookie is not None
    phone.add_cookies(
        [{"name": "session", "value": cookie.value, "domain": "127.0.0.1", "path": "/", "httpOnly": True}]
    )


def learner_with_the_course(phone: BrowserContext, browser: Browser, session: Session, who: Member) -> Page:
    """A page of somebody who takes the course and has just kept it."""
    live = shelf.publish(session)
    shelf.enrolled(session, who.id, live)
    page = phone.new_page()
    page.goto("/help")
    enter(phone, browser, who)
    keep(page)
    return page


def keep(page: Page) -> None:
    """Keep the course."""
    page.goto(COURSE)
    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("#keep [role=status]")).to_have_text("Kept on this phone, edition 1.")


def caches_of(page: Page) -> list[str]:
    """The names of what is kept and of what waits to be sent."""
    names: list[str] = page.evaluate("caches.keys()")
    return sorted(name for name in names if name.startswith(("kept:", "done:")))


def wait_until(page: Page, happened: Callable[[], bool]) -> None:
    """Give the page's script the time it takes, five seconds at most."""
    for _ in range(100):
        if happened():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen")


def test_nothing_is_stored_before_somebody_asks_for_it(
    phone: BrowserContext, browser: Browser, session: Session, lena: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    page = phone.new_page()
    page.goto("/help")
    enter(phone, browser, lena)
    for address in (COURSE, WATER, "/offline"):
        page.goto(address)
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_lena_keeps_a_course_and_reads_it_on_the_road(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    line.cut()
    page.goto(WATER)
    expect(page.locator("h1")).to_have_text("Water in summer")
    expect(page.get_by_text("You are reading the copy kept on this phone")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).backgroundColor") == "rgb(16, 38, 77)"
    page.goto(f"{COURSE}canal/check/")
    expect(page.locator("h1")).to_have_text("Without a connection")
    page.goto("/offline")
    expect(page.get_by_role("link", name="First steps")).to_have_attribute("href", COURSE)


def test_the_size_stands_before_the_button_and_the_course_can_be_removed(
    phone: BrowserContext, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    page.reload()
    page.get_by_role("button", name=REMOVE).click()
    expect(page.locator("#keep [role=status]")).to_have_text("Removed from this phone.")
    assert caches_of(page) == []
    page.reload()
    expect(page.locator("#keep [role=status]")).to_have_text(re.compile(r"It takes \d+ KB of space at most"))


def test_done_without_a_connection_is_sent_later_and_once(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    line.cut()
    page.goto(NIGHT)
    page.get_by_role("button", name=DONE).click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.goto(WATER)
    page.get_by_role("button", name=DONE).click()
    page.goto(NIGHT)
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.goto("/offline")
    expect(page.locator("[data-shelf] [role=status]")).to_contain_text("wait to be sent: 2.")
    line.mend()
    page.goto(COURSE)
    expect(page.get_by_text("sent now: 2.")).to_be_visible()
    page.goto(COURSE)
    page.goto(WATER)
    session.rollback()
    assert set(standings_in_course(session, "first-steps")[lena.id].done) == {"canal/water", "canal/night"}
    assert sorted(line.posts) == [f"{NIGHT}done", f"{WATER}done"]


def test_two_tabs_send_what_waits_only_once(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    other = phone.new_page()
    other.goto(COURSE)
    page.goto(NIGHT)
    phone.set_offline(True)
    page.get_by_role("button", name=DONE).click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    phone.set_offline(False)
    expect(page.get_by_text(WAITS)).to_be_hidden()
    other.goto(COURSE)
    assert line.posts == [f"{NIGHT}done"]


def test_what_waits_stays_when_the_sign_in_has_ended(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    line.cut()
    page.goto(NIGHT)
    page.get_by_role("button", name=DONE).click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.goto("/offline")  # what the page tries at once has failed before the line is back
    line.mend()
    phone.clear_cookies()
    page.goto(WATER)
    page.goto("/offline")
    expect(page.locator("[data-shelf] [role=status]")).to_contain_text("wait to be sent: 1.")
    enter(phone, browser, lena)
    page.goto(COURSE)
    expect(page.get_by_text("sent now: 1.")).to_be_visible()
    assert line.posts == [f"{NIGHT}done"]


def test_words_sent_in_vain_are_not_lost(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    page.goto("/account/name")
    page.evaluate("localStorage['draft:letter'] = '[]'; localStorage['sent:draft:letter'] = '1'")
    line.cut()
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text("Without a connection")
    assert page.evaluate("[localStorage['draft:letter'], localStorage['sent:draft:letter'] ?? '']") == ["[]", ""]


def test_signing_out_empties_the_phone(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    page.evaluate("caches.open('done:anything').then((box) => box.put('/done', new Response()))")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    assert caches_of(page) == []
    assert page.evaluate("Object.keys(localStorage).length") == 0
    line.cut()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.goto(WATER)


def test_max_never_sees_what_lena_kept(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    page.evaluate(f"caches.open('done:0000').then((box) => box.put('{NIGHT}done', new Response()))")
    phone.clear_cookies()
    enter(phone, browser, max_)
    page.goto("/help")
    wait_until(page, lambda: caches_of(page) == [])
    line.cut()
    page.goto(WATER)
    expect(page.locator("h1")).to_have_text("Without a connection")
    expect(page.locator("[data-shelf] [role=status]")).to_have_text(re.compile("Nothing is kept on this phone"))
    assert line.posts == []


def test_after_a_step_at_the_door_copies_stay_shut_until_it_is_clear_who_came(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    page.goto("/account/")
    line.tears_at_post = True
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Away")
    page.goto(WATER)
    expect(page.locator("h1")).to_have_text("Away")
    line.cut()
    page.goto(WATER)
    expect(page.locator("h1")).to_have_text("Without a connection")
    expect(page.get_by_role("link", name="First steps")).to_have_count(0)
    line.tears_at_post = False
    line.mend()
    page.goto("/help")
    wait_until(page, lambda: not page.evaluate("caches.has('closed')"))
    line.cut()
    page.goto(WATER)
    expect(page.locator("h1")).to_have_text("Water in summer")


def test_a_slow_line_shows_the_copy_after_four_seconds(
    phone: BrowserContext, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    line.delay = 8
    began = time.monotonic()
    page.goto(WATER)
    expect(page.get_by_text("You are reading the copy kept on this phone")).to_be_visible()
    assert 3.5 < time.monotonic() - began < 7.5
    line.delay = 0


def test_a_newer_edition_is_named_and_replaces_the_old_one(
    phone: BrowserContext, browser: Browser, session: Session, lena: Member
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    shelf.publish(session, night=shelf.NIGHT.replace("An old man", "A young woman"))
    page.goto(COURSE)
    expect(page.locator("#keep [role=status]")).to_contain_text("Edition 1 is kept on this phone. It is older")
    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("#keep [role=status]")).to_have_text("Kept on this phone, edition 2.")
    assert len(caches_of(page)) == 1


def test_a_download_that_broke_off_goes_on_where_it_stopped(
    phone: BrowserContext, browser: Browser, session: Session, lena: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    page = phone.new_page()
    page.goto("/help")
    enter(phone, browser, lena)
    page.goto(COURSE)
    page.route(f"**{NIGHT}", lambda route: route.abort())
    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("#keep [role=status]")).to_contain_text("It stopped on the way.")
    page.unroute(f"**{NIGHT}")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("#keep [role=status]")).to_have_text("Kept on this phone, edition 1.")
    assert any(url.endswith(NIGHT) for url in fetched)
    assert not any(url.endswith(WATER) for url in fetched)


def test_without_scripts_nothing_is_broken(
    chromium: Chromium, line: Line, browser: Browser, session: Session, lena: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    context = chromium.new_context(base_url=line.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/help")
    enter(context, browser, lena)
    page.goto(COURSE)
    expect(page.get_by_text("This needs scripts")).to_be_visible()
    expect(page.get_by_role("button", name=KEEP)).to_be_hidden()
    page.goto("/offline")
    expect(page.get_by_text("The list needs scripts")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    phone: BrowserContext, browser: Browser, session: Session, lena: Member, scheme: str
) -> None:
    page = learner_with_the_course(phone, browser, session, lena)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for address in (COURSE, WATER, "/offline", "/help", "/privacy", "/accessibility", "/about"):
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
