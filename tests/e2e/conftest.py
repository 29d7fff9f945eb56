"""Two real sites, a real browser, phones that speak a language, and somebody who looks on."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import make_server

from academy.people.models import Member
from tests.browser import Browser as Inspector
from tests.e2e.site import LiveSite
from tests.e2e.small_course import SLUG, write_small_course
from tests.e2e.watch import Watch

Phone = Callable[..., BrowserContext]
Seat = Callable[..., BrowserContext]
NARROW, ROOMY = {"width": 360, "height": 780}, {"width": 1440, "height": 900}
LOCALES = {"en": "en-GB", "ru": "ru-RU", "fa": "fa-AF"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A new site with the bundled courses and the small one, where nobody is yet."""
    folder = tmp_path_factory.mktemp("new-site")
    made = LiveSite(folder)
    made.flask("prepare")
    made.flask("courses", "import", str(write_small_course(folder / SLUG)))
    yield from _serving(made)


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A developer's site, with the style guide, on which the demo people live."""
    made = LiveSite(tmp_path_factory.mktemp("demo-site"), development=True)
    made.flask("prepare", "--demo")
    yield from _serving(made)


def _serving(made: LiveSite) -> Iterator[LiveSite]:
    try:
        made.start()
        yield made
    finally:
        made.stop()


def folder_of(request: pytest.FixtureRequest) -> Path:
    """Where the pictures of this test go; those of an earlier run are gone."""
    kept = os.environ.get("ACADEMY_SCREENSHOTS")
    shelf = Path(kept) if kept else request.config.rootpath / "screenshots"
    folder = shelf / str(request.node.name).removeprefix("test_").replace("[", "-").rstrip("]")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@pytest.fixture
def watch(request: pytest.FixtureRequest, site: LiveSite) -> Watch:
    """Takes pictures of the new site and notes faults."""
    return Watch(site.url, folder_of(request))


@pytest.fixture
def phone(chromium: Browser, site: LiveSite, watch: Watch) -> Iterator[Phone]:
    """Makes phones: phone("fa", scripts=False, scheme="dark") is one whose owner reads Dari and trusts no scripts."""
    made: list[BrowserContext] = []

    def make(language: str, *, scripts: bool = True, scheme: Literal["light", "dark"] = "light") -> BrowserContext:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": NARROW["width"], "height": NARROW["height"]},
            locale=LOCALES[language],
            java_script_enabled=scripts,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        watch.follow(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The site of the page inspector, on a port of its own: begun in no time, with the cast in it."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def over_shoulder(request: pytest.FixtureRequest, address: str) -> Watch:
    """Takes pictures of that site and notes faults."""
    return Watch(address, folder_of(request))


@pytest.fixture
def seat(chromium: Browser, address: str, browser: Inspector, over_shoulder: Watch) -> Iterator[Seat]:
    """Gives somebody a computer on which they are signed in, None a visitor: seat(lena, "fa", size=NARROW)."""
    made: list[BrowserContext] = []

    def give(
        who: Member | None, language: str = "en", *, size: dict[str, int] = ROOMY, scripts: bool = True
    ) -> BrowserContext:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": size["width"], "height": size["height"]},
            locale=LOCALES[language],
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        if who is not None:
            sit_down(context, browser, who, address)
        over_shoulder.follow(context)
        made.append(context)
        return context

    yield give
    for context in made:
        context.close()


def sit_down(context: BrowserContext, browser: Inspector, who: Member, address: str) -> None:
    """Let this browser carry a fresh sign-in of somebody."""
    cookie = browser.signed_in(who).client.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
