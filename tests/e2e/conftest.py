"""Two real sites, a real browser, phones that speak a language, and somebody who looks on."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.site import LiveSite
from tests.e2e.small_course import SLUG, write_small_course
from tests.e2e.watch import Watch

Phone = Callable[..., BrowserContext]
NARROW = {"width": 360, "height": 780}
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
