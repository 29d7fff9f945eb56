"""Every refusal and every fault has a page in the site's own look, in the reader's language, and gives nothing away."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.typing import ResponseReturnValue

import alumni
import courses
from academy.app import build_app
from academy.db import Base
from academy.errors import TooMany
from academy.people.guards import public
from tests.browser import Browser, Page
from tests.stage import test_settings as settings

SECRET = "/srv/academy/keys of Lena"
HEADINGS = {
    400: "The request was not understood",
    403: "Not open to you",
    404: "Page not found",
    405: "That does not work here",
    409: "This cannot be done now",
    410: "No longer here",
    413: "Too large",
    429: "Please wait a little",
    500: "Something broke on our side",
    503: "The site is busy",
}


class Traps:
    """A package whose pages fail in every way there is."""

    def init_app(self, app: Flask) -> None:
        """Add a page for each failure."""
        app.add_url_rule("/traps/<int:status>", "traps.fail", fail)
        app.add_url_rule("/traps/fault", "traps.fault", fault)
        app.add_url_rule("/traps/wait", "traps.wait", wait)


@public
def fail(status: int) -> ResponseReturnValue:
    """Refuse with this status."""
    abort(status)


@public
def fault() -> ResponseReturnValue:
    """Break in a way that nobody thought of."""
    raise LookupError(SECRET)


@public
def wait() -> ResponseReturnValue:
    """Refuse somebody who tries too often."""
    raise TooMany(retry_after=77)


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A whole site with pages that fail."""
    folder = tmp_path_factory.mktemp("trapped")
    app = build_app(settings(folder, f"sqlite:///{folder / 'test.db'}"), packages=(courses, alumni, Traps()))
    database = app.extensions["academy.database"]
    Base.metadata.create_all(database.engine)
    yield app
    database.dispose()


@pytest.fixture
def visitor(trapped: Flask) -> Iterator[Browser]:
    """Somebody who walks into them."""
    with trapped.extensions["academy.database"].writing() as session:
        yield Browser(trapped, session)


def in_our_look(page: Page) -> bool:
    """Whether a page has the bar, the foot with its help, and a way out."""
    said = {address for _, address in page.links()}
    return len(page.all("header .brand")) == 1 and {"/help", "/"} <= said


@pytest.mark.parametrize("status", HEADINGS)
def test_every_failure_has_a_page_in_our_look(visitor: Browser, status: int) -> None:
    page = visitor.open(f"/traps/{status}")
    assert (page.status, page.heading, in_our_look(page)) == (status, HEADINGS[status], True)


@pytest.mark.parametrize("language", ["ru", "fa"])
@pytest.mark.parametrize("status", HEADINGS)
def test_failures_speak_the_readers_language(visitor: Browser, status: int, language: str) -> None:
    page = visitor.speaking(language).open(f"/traps/{status}")
    assert page.heading != HEADINGS[status]
    assert in_our_look(page)


def test_a_fault_has_a_number_that_stands_in_the_log_and_nothing_of_its_inside(
    visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="academy.errors"):
        page = visitor.open("/traps/fault")
    number = page.text_of("code")
    assert (page.status, in_our_look(page)) == (500, True)
    assert re.fullmatch("[0-9a-f]{8}", number)
    assert f"fault {number}" in caplog.text
    for inside in (SECRET, "LookupError", "Traceback", str(Path(__file__).parent)):
        assert inside not in page.source


def test_whoever_has_to_wait_learns_how_long(visitor: Browser) -> None:
    page = visitor.open("/traps/wait")
    assert (page.status, page.response.headers["Retry-After"]) == (429, "77")
    assert "Too many tries. Please wait a little and try again." in page.text
