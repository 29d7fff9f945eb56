"""Work past its day: who is found on the board, who is not, and what is written to them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion
from courses.progress.rules import Tier
from tests.browser import Browser
from tests.courses import quiz_stage as stage
from tests.courses import task_stage
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
BOARD = f"/teach/{stage.SLUG}/"
LATE = f"{BOARD}?why=late"


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member, lena: Member, ana: Member) -> Browser:
    """Tariq at a course whose task was due for Lena last week; Ana joined yesterday."""
    task_stage.publish(session, "due: 14 days\ngrace: 2 days")
    stage.enrol(session, lena, ana)
    task_stage.joined(session, lena, clock.now() - timedelta(days=24))
    task_stage.joined(session, ana, clock.now() - timedelta(days=1))
    return browser.signed_in(tariq)


def test_who_handed_nothing_in_by_the_day_is_found_under_late(desk: Browser) -> None:
    page = desk.open(LATE)
    assert "Work past its day" in page.text_of("table")
    assert "Lena" in page.text
    assert "Ana" not in page.text
    assert "1 seems stuck" in desk.open("/teach/").text


def test_work_that_was_handed_in_late_is_no_longer_missing(desk: Browser, browser: Browser, lena: Member) -> None:
    task_stage.hand_in(browser, lena)
    assert "Nobody fits" in desk.open(LATE).text


def test_a_later_day_for_one_learner_counts(desk: Browser, session: Session, lena: Member) -> None:
    allow(session, lena, days=3)
    assert "Nobody fits" in desk.open(LATE).text
    assert "Work past its day" not in desk.open(BOARD).text_of("table")
    allow(session, lena, days=-1)
    assert "Lena" in desk.open(LATE).text
    assert "Work past its day" in desk.open(LATE).text_of("table")


def allow(session: Session, who: Member, days: int) -> None:
    extensions = {"water/map": (clock.now() + timedelta(days=days)).isoformat()}
    session.execute(update(Enrolment).where(Enrolment.member_id == who.id).values(extensions=extensions))
    session.commit()


def test_whoever_completed_the_course_is_not_late(desk: Browser, session: Session, lena: Member) -> None:
    done = Completion(
        member_id=lena.id, course_slug=stage.SLUG, tier=Tier.COMPLETION, edition=1, completed_at=clock.now()
    )
    session.add(done)
    session.commit()
    assert "Nobody fits" in desk.open(LATE).text


def test_a_fixed_day_is_over_for_everybody(desk: Browser, session: Session) -> None:
    day = (clock.now() - timedelta(days=3)).date()
    task_stage.publish(session, f"due: {day}")
    page = desk.open(LATE)
    assert "Lena" in page.text
    assert "Ana" in page.text


def test_the_message_names_the_task_and_offers_more_days(desk: Browser) -> None:
    page = desk.open(LATE).follow("Lena")
    assert "The day of A map has passed" in page.text
    drafted = page.form("Send").values["text"]
    assert "The day for “A map” has passed" in drafted
    assert "More time, attempts or days for Lena" in page.follow("Give a later day").title


def test_the_file_says_which_work_is_late(desk: Browser) -> None:
    rows = desk.post(f"{BOARD}learners.csv?why=late").response.get_data(as_text=True).splitlines()
    headings, lena = rows[0].split(","), rows[1].split(",")
    assert lena[headings.index("Work past its day")] == "A map"
    assert len(rows) == 2


def test_the_filter_asks_as_much_for_many_as_for_few(desk: Browser, session: Session, query_count: Counter) -> None:
    desk.open(LATE)
    with query_count() as few:
        desk.open(LATE)
    for who in task_stage.learners(session, "Aziz", "Bahrom", "Chinara", "Dilnoza"):
        task_stage.joined(session, who, clock.now() - timedelta(days=40))
    with query_count() as many:
        assert "Dilnoza" in desk.open(LATE).text
    assert few.total == many.total <= 9
