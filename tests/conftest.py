"""The stage, the cast and the page inspector, as fixtures."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright
from sqlalchemy.orm import Session

from academy.languages.catalogues import FOLDER
from academy.people.models import Member
from academy.system.preparing import compile_catalogue, stale_catalogues
from tests import cast
from tests.browser import Browser
from tests.chromium import installed
from tests.queries import QueryCount, counted
from tests.rendered_once import rendered_once
from tests.stage import Stage, postgres_stage, private_database, sqlite_stage

CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


settings.register_profile("quick", max_examples=20)  # ./test --fast; the whole ./test tries a hundred


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations once, before any process of the tests reads them."""
    if not hasattr(config, "workerinput"):
        for catalogue in stale_catalogues(FOLDER):
            compile_catalogue(catalogue)


def pytest_collection_finish() -> None:
    """Look through what all tests stand on no more, and less often for what is left of each: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The site of this test process, on SQLite or on the PostgreSQL that ./test started."""
    folder = tmp_path_factory.mktemp("site")
    server = os.environ.get("ACADEMY_TEST_DATABASE_URL", "")
    if server:
        name = f"academy_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
        made = postgres_stage(folder, private_database(server, name))
    else:
        made = sqlite_stage(folder)
    with rendered_once():
        yield made
    made.database.dispose()


@pytest.fixture
def app(stage: Stage) -> Iterator[Flask]:
    """The application on an empty database; the database is emptied again afterwards."""
    if not stage.is_empty:
        stage.clean()
    yield stage.app
    stage.clean()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session for makers; commit it before a page is opened (makers do)."""
    with app.extensions["academy.database"].writing() as maker:
        yield maker


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    """The page inspector, signed out."""
    return Browser(app, session)


@pytest.fixture
def query_count(app: Flask) -> Callable[[], AbstractContextManager[QueryCount]]:
    """Counts the queries inside a `with query_count() as count:` block (count.total)."""
    return lambda: counted(app.extensions["academy.database"])


@pytest.fixture
def lena(session: Session) -> Member:
    """Lena learns."""
    return cast.lena(session)


@pytest.fixture
def tariq(session: Session) -> Member:
    """Tariq teaches every course."""
    return cast.tariq(session)


@pytest.fixture
def ana(session: Session) -> Member:
    """Ana is an alumna."""
    return cast.ana(session)


@pytest.fixture
def max_(session: Session) -> Member:
    """Max is a member like any other: a stranger to everybody."""
    return cast.max_(session)


@pytest.fixture
def mina(session: Session) -> Member:
    """Mina moderates."""
    return cast.mina(session)


@pytest.fixture
def ada(session: Session) -> Member:
    """Ada runs the place."""
    return cast.ada(session)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The system's own browser: one for all tests of a process, because Playwright takes no second."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=installed(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
