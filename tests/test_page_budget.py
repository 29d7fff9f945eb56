"""The weight of pages, measured as a phone receives it: bytes, requests, nodes, queries, for every bundled lesson."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from justhtml import JustHTML
from playwright.sync_api import Browser as Chromium
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from academy import clock
from academy.people.models import Member
from academy.web.assets import Assets
from courses.catalogue import library, service
from courses.catalogue.cli import BUNDLED, folders
from courses.catalogue.content import Kind
from courses.catalogue.library import LiveCourse
from courses.catalogue.reader.folder import files_of
from courses.enrolment import service as enrolment
from tests import cast
from tests.academy.people_stage import PHRASE, with_password
from tests.browser import Browser, Page
from tests.courses import certified
from tests.queries import QueryCount
from tests.snapshot import furnish
from tests.stage import Stage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

Counting = Callable[[], AbstractContextManager[QueryCount]]
KILOBYTE = 1024
LESSON, SCRIPTS, WORKER, PICTURE = 14 * KILOBYTE, 5 * KILOBYTE, 2 * KILOBYTE, 25 * KILOBYTE
# Styles: what every page loads, and what a page of learners or of staff may load in all.
FRAME, STYLES, STYLES_OF_STAFF = 6656, 8 * KILOBYTE, 11 * KILOBYTE
FIRST_VIEW, REPEAT_VIEW = 30 * KILOBYTE, 14 * KILOBYTE
NODES = 700
COURSE = "/courses/preventive-diplomacy/"
PREVIEW = f"{COURSE}foundations/what-prevention-is/"


@pytest.fixture
def bundled(stage: Stage, session: Session) -> list[LiveCourse]:
    """The bundled courses with Lena in each of them."""
    furnish(stage, session, "bundled", lambda: _with_a_place(session, cast.lena(session).id))
    found = [_live(session, folder) for folder in folders(BUNDLED)]
    session.rollback()
    return found


@pytest.fixture
def lena(bundled: list[LiveCourse], session: Session) -> Member:
    """Lena, who has a place in each of them."""
    assert bundled
    found = session.scalars(select(Member)).one()
    session.commit()  # who only reads would hold the lock too
    return found


def _with_a_place(session: Session, who: int) -> None:
    for folder in folders(BUNDLED):
        service.publish(session, slug=folder.name, files=files_of(folder), by=None, now=clock.now())
        enrolment.enrol(session, live=_live(session, folder), member_id=who, way="open", now=clock.now())


def _live(session: Session, folder: Path) -> LiveCourse:
    live = library.live_course(session, folder.name)
    assert live is not None
    return live


def transferred(browser: Browser, address: str) -> int:
    """The bytes of an answer as a browser that knows brotli receives it."""
    with browser.client.get(address, headers={"Accept-Encoding": "gzip, br"}) as response:
        assert response.status_code == 200, address
        return len(response.get_data())


def nodes(page: Page) -> int:
    """How many elements a page has."""
    return len(JustHTML(page.source, sanitize=False).query("*"))


def addresses(courses: Iterable[LiveCourse]) -> Iterator[str]:
    """The address of every bundled lesson."""
    for live in courses:
        for key in live.lessons:
            yield f"/courses/{live.slug}/{key}/"


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_every_bundled_lesson_is_light(
    browser: Browser, bundled: list[LiveCourse], lena: Member, language: str
) -> None:
    reader = browser.signed_in(lena).speaking(language)
    heavy = {address: size for address in addresses(bundled) if (size := transferred(reader, address)) > LESSON}
    wide = {address: count for address in addresses(bundled) if (count := nodes(reader.open(address))) > NODES}
    assert (heavy, wide) == ({}, {})


def test_every_paper_of_a_quiz_is_light(browser: Browser, bundled: list[LiveCourse], lena: Member) -> None:
    reader, sizes = browser.signed_in(lena), {}
    for live in bundled:
        for lesson in live.course.lessons:
            if lesson.kind is Kind.READING:
                reader.post(f"/courses/{live.slug}/{lesson.key}/done")  # some quizzes open after what they ask about
            if lesson.kind is Kind.QUIZ:
                paper = reader.post(f"/courses/{live.slug}/{lesson.key}/attempt")
                sizes[paper.url] = (transferred(reader, paper.url) <= LESSON, nodes(paper) <= NODES)
    assert len(sizes) >= len(bundled)
    assert set(sizes.values()) == {(True, True)}, sizes


def test_styles_scripts_and_worker_are_light(browser: Browser, app: Flask) -> None:
    assets: Assets = app.extensions["academy.assets"]
    assert transferred(browser, assets.url("app.css")) <= FRAME
    assert transferred(browser, assets.url("app.js")) <= SCRIPTS
    assert transferred(browser, "/sw.js") <= WORKER


def sheets(page: Page) -> list[str]:
    """The addresses of the styles a page loads."""
    return [each.attrs["href"] for each in page.all('link[rel="stylesheet"]')]


def test_every_page_loads_the_frame_and_few_styles_more(
    browser: Browser, app: Flask, bundled: list[LiveCourse], lena: Member, tariq: Member, ana: Member, ada: Member
) -> None:
    ana_meets = browser.signed_in(ana)
    network = {
        f"the network: {path}": (ana_meets.open(path), 2, STYLES)
        for path in ("/alumni/", "/alumni/me", "/messages/", "/alumni/events", "/alumni/groups/", "/alumni/mentoring")
    }
    lena_reads = browser.signed_in(lena)
    lessons = [(live.slug, each) for live in bundled for each in live.course.lessons]
    quiz = next(f"/courses/{slug}/{each.key}" for slug, each in lessons if each.quiz and each.opens is None)
    pages = {
        "a lesson": (lena_reads.open(PREVIEW), 1, FRAME),
        "a quiz": (lena_reads.post(f"{quiz}/attempt"), 2, STYLES),
        "my learning": (lena_reads.open("/"), 1, FRAME),
        "teaching": (browser.signed_in(tariq).open("/teach/"), 2, STYLES_OF_STAFF),
        "marking": (browser.signed_in(tariq).open("/teach/marking"), 2, STYLES_OF_STAFF),
        "the desk": (browser.signed_in(ada).open("/admin/"), 2, STYLES_OF_STAFF),
        **network,
        "the style guide": (browser.open("/style"), 3, STYLES_OF_STAFF),
    }
    frame = app.extensions["academy.assets"].url("app.css")
    for name, (page, number, most) in pages.items():
        assert sheets(page)[0] == frame, name
        assert len(sheets(page)) == number, name
        assert sum(transferred(browser, sheet) for sheet in sheets(page)) <= most, name


def test_every_picture_is_light(browser: Browser, app: Flask, bundled: list[LiveCourse]) -> None:
    assets: Assets = app.extensions["academy.assets"]
    own = {name: transferred(browser, url) for name, url in assets.urls.items() if name.startswith("images/")}
    taught = {path: media.size for live in bundled for path, media in live.course.media.items()}
    heavy = {name: size for name, size in (own | taught).items() if size > PICTURE}
    assert heavy == {}


@dataclass(frozen=True)
class Answer:
    """One answer of the site: how long its body was."""

    path: str
    size: int


class Scales:
    """The site, weighing each of its answers on the way out."""

    def __init__(self, app: Flask) -> None:
        self.app, self.answers = app, list[Answer]()
        self.server = make_server("127.0.0.1", 0, self._weighing, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.server.port}"

    def emptied(self) -> list[Answer]:
        """What was answered since this was asked last."""
        found, self.answers = self.answers, []
        return found

    def _weighing(self, environ: dict[str, Any], start: "StartResponse") -> Iterable[bytes]:
        with closing(ClosingIterator(self.app(environ, start))) as parts:
            body = b"".join(parts)
        self.answers.append(Answer(environ["PATH_INFO"], len(body)))
        return [body]


@pytest.fixture
def scales(app: Flask) -> Iterator[Scales]:
    """The site on a port of its own."""
    made = Scales(app)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.e2e
@pytest.mark.usefixtures("bundled")
def test_a_first_view_and_a_second_in_a_real_browser(scales: Scales, chromium: Chromium) -> None:
    page = chromium.new_page(base_url=scales.url, viewport={"width": 360, "height": 780})
    page.goto(PREVIEW, wait_until="networkidle")
    first = scales.emptied()
    page.goto(COURSE, wait_until="networkidle")
    second = scales.emptied()
    page.context.close()
    pictures = [each for each in first if "/media/" in each.path]
    weighed = [each for each in first if each not in pictures]
    assert len(weighed) <= 4, weighed
    assert sum(each.size for each in weighed) <= FIRST_VIEW, weighed
    assert [each.path for each in second] == [COURSE]
    assert second[0].size <= REPEAT_VIEW


def test_pages_are_compressed_as_the_browser_wishes(browser: Browser, bundled: list[LiveCourse]) -> None:
    assert bundled

    def asked(wish: str, **more: str) -> Any:
        return browser.client.get(PREVIEW, headers={"Accept-Encoding": wish, **more})

    plain = asked("identity")
    assert plain.headers.get("Content-Encoding") is None
    for wish, given in (("gzip, deflate, br", "br"), ("gzip, deflate", "gzip")):
        packed = asked(wish)
        assert packed.headers["Content-Encoding"] == given
        assert len(packed.data) * 3 < len(plain.data)
        assert "Accept-Encoding" in packed.headers["Vary"]
        again = asked(wish, **{"If-None-Match": packed.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert asked("identity", **{"If-None-Match": packed.headers["ETag"]}).status_code == 304


QUERIES = {
    "a lesson, signed in": ("lena", PREVIEW, 3),
    "a lesson, anonymous": ("", PREVIEW, 1),
    "a course, anonymous": ("", COURSE, 1),
    "the catalogue, anonymous": ("", "/courses/", 1),
    "a course, signed in": ("lena", COURSE, 3),
    "my learning": ("lena", "/", 5),
    "the catalogue, signed in": ("lena", "/courses/", 2),
}


@pytest.mark.parametrize(("who", "address", "most"), QUERIES.values(), ids=QUERIES)
def test_pages_ask_the_database_little(
    browser: Browser, bundled: list[LiveCourse], lena: Member, query_count: Counting, who: str, address: str, most: int
) -> None:
    assert bundled
    reader = browser.signed_in(lena) if who else browser
    reader.open(address)
    with query_count() as count:
        reader.open(address)
    assert count.total <= most, count.statements


def test_marking_a_lesson_as_done_asks_the_database_little(
    browser: Browser, bundled: list[LiveCourse], lena: Member, query_count: Counting
) -> None:
    assert bundled
    reader = browser.signed_in(lena)
    token = reader.csrf()
    with query_count() as count:
        answer = reader.client.post(f"{PREVIEW}done", data={"csrf_token": token})
    assert answer.status_code == 303
    assert count.total <= 4, "\n".join(count.statements)


def test_signing_in_asks_the_database_little(
    app: Flask, browser: Browser, session: Session, lena: Member, query_count: Counting
) -> None:
    with_password(app, session, lena)
    form = {"csrf_token": browser.csrf(), "email": lena.email, "password": PHRASE}
    with query_count() as count:
        answer = browser.client.post("/account/sign-in", data=form)
    assert answer.status_code == 303
    assert count.total <= 8, "\n".join(count.statements)


def test_checking_a_certificate_asks_the_database_little(
    app: Flask, browser: Browser, session: Session, lena: Member, query_count: Counting
) -> None:
    certified.course(session)
    certificate = certified.issued(app, session, certified.learns(session, lena))
    with query_count() as count:
        browser.open(f"/c/{certificate.code}")
    assert count.total <= 1, count.statements
