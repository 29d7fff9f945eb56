"""My learning: how far one is in a long course, and the days of a week on a small phone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.service import tell
from academy.people.models import Member
from courses.catalogue import library, service
from courses.catalogue.cli import BUNDLED
from courses.catalogue.library import LiveCourse
from courses.catalogue.reader.folder import files_of
from courses.enrolment import service as enrolment
from courses.home.views import LONGEST_DAY
from courses.home.week import days_studied
from tests import cast
from tests.browser import Browser
from tests.queries import QueryCount
from tests.snapshot import furnish
from tests.stage import Stage

Counter = Callable[[], AbstractContextManager[QueryCount]]
LONG = "preventive-diplomacy"
COURSE = f"/courses/{LONG}/"
LESSON = f"{COURSE}foundations/what-prevention-is/"


@pytest.fixture
def long_course(stage: Stage, session: Session) -> LiveCourse:
    """A bundled course that is too long for one thread, with Lena in it."""
    furnish(stage, session, "a long course", lambda: _with_a_place(session, cast.lena(session).id))
    live = library.live_course(session, LONG)
    assert live is not None
    session.rollback()
    return live


@pytest.fixture
def lena(long_course: LiveCourse, session: Session) -> Member:
    """Lena, who has a place in it."""
    del long_course
    found = session.scalars(select(Member)).one()
    session.commit()  # who only reads would hold the lock too
    return found


def _with_a_place(session: Session, who: int) -> None:
    service.publish(session, slug=LONG, files=files_of(Path(BUNDLED) / LONG), by=None, now=clock.now())
    live = library.live_course(session, LONG)
    assert live is not None
    enrolment.enrol(session, live=live, member_id=who, way="open", now=clock.now())


@pytest.mark.parametrize("address", ["/", LESSON])
def test_the_thread_of_a_long_course_is_that_of_the_module_at_hand(
    browser: Browser, long_course: LiveCourse, lena: Member, address: str
) -> None:
    page = browser.signed_in(lena).open(address)
    first, whole = len(long_course.course.modules[0].lessons), len(long_course.lessons)
    said = f"What prevention is: 0 of {first}. The whole course: 0 of {whole} lessons."
    assert said in page.text.replace("\u2068", "").replace("\u2069", "")
    drawn = [thread for thread in page.all(".thread-drawing") if thread.children]
    assert [child.attrs["class"] for child in drawn[0].query("i")] == ["thread-now", *["thread-todo"] * (first - 1)]


@pytest.mark.usefixtures("long_course")
def test_a_week_without_study_says_so_plainly(browser: Browser, lena: Member) -> None:
    assert "You have not studied this week yet." in browser.signed_in(lena).open("/").text


@pytest.mark.usefixtures("long_course")
@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_the_days_of_the_week_fit_under_their_lozenges(browser: Browser, lena: Member, language: str) -> None:
    page = browser.signed_in(lena).speaking(language).open("/")
    days = [each.to_text() for each in page.all(".week span[aria-hidden]")]
    assert len(days) == 7
    assert max(map(len, days)) <= LONGEST_DAY


@pytest.mark.usefixtures("long_course")
@pytest.mark.parametrize(("language", "first"), [("en", "Mon"), ("ru", "пн"), ("fa", "ش")])
def test_a_week_begins_as_its_readers_weeks_do(browser: Browser, lena: Member, language: str, first: str) -> None:
    page = browser.signed_in(lena).speaking(language).open("/")
    assert page.all(".week span[aria-hidden]")[0].to_text() == first


@pytest.mark.parametrize(
    ("begins", "days"),
    [
        (0, ["2026-11-16", "2026-11-22"]),  # 22 November 2026 is a Sunday
        (5, ["2026-11-21", "2026-11-27"]),
        (6, ["2026-11-22", "2026-11-28"]),
    ],
)
def test_the_week_at_hand_holds_today(begins: int, days: list[str]) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    week = [str(day) for day, _ in days_studied([], now, ZoneInfo("Asia/Kabul"), begins=begins)]
    assert [week[0], week[-1]] == days
    assert len(week) == 7


def test_somebody_new_meets_the_easiest_course_first(browser: Browser, session: Session) -> None:
    for name in ("counter-terrorism", "preventive-diplomacy"):
        service.publish(session, slug=name, files=files_of(Path(BUNDLED) / name), by=None, now=clock.now())
    session.commit()
    page = browser.open("/")
    assert page.text_of(".course-card-title") == "Foundations of Preventive Diplomacy"
    assert ("Read the lesson", LESSON) in page.links()
    assert browser.open("/courses/").text_of(".course-card-title") == "Foundations of Preventive Diplomacy"


@pytest.mark.usefixtures("long_course")
def test_what_lena_was_told_stands_in_my_learning_until_she_reads_it(
    app: Flask, browser: Browser, session: Session, lena: Member, query_count: Counter
) -> None:
    desk = browser.signed_in(lena)
    assert "New for you" not in desk.open("/").text
    title = "Foundations of Preventive Diplomacy"
    values = {"title": title, "state": "joined"}
    with app.app_context():
        tell(session, member_ids=[lena.id], kind="admission", values=values, url=COURSE, now=clock.now())
        session.commit()
    with query_count() as count:
        page = desk.open("/")
    assert count.total <= 5
    assert "You now have a place in Foundations of Preventive Diplomacy." in page.text
    assert ("All notices", "/my/notices") in page.links()
    assert page.submit("Open it").heading == title
    assert "New for you" not in desk.open("/").text
