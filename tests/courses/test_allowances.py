"""More time, attempts or days for one learner: they move timers and closing days, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue.questions import Quiz
from courses.enrolment import queries, service
from courses.enrolment.allowances import NONE, Allowance, allowance_in, as_json
from courses.enrolment.models import Enrolment
from courses.tasks.dues import Deadline, extended
from tests.browser import Browser
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@given(st.integers(1, 600), st.sampled_from([100, 125, 150, 200, 400]), st.integers(0, 20), st.integers(0, 9))
def test_nobody_ever_gets_less(minutes: int, factor: int, more: int, attempts: int) -> None:
    quiz = Quiz(75, attempts, None, shuffle=False, minutes=minutes, questions=())
    allowed = Allowance(factor, more).quiz(quiz)
    assert allowed.minutes is not None
    assert allowed.minutes * 100 >= minutes * factor
    assert allowed.attempts == (attempts + more if attempts else 0)


def test_a_quiz_without_a_limit_gets_none() -> None:
    assert Allowance(200, 3).quiz(Quiz(None, 0, None, shuffle=False, minutes=None, questions=())).minutes is None


def test_what_a_row_keeps_is_read_back() -> None:
    allowed = Allowance(150, 1, {"water/map": NOW})
    assert allowance_in(150, 1, as_json(allowed.extensions)) == allowed
    assert allowance_in(100, 0, {}) is NONE


@pytest.mark.parametrize(
    ("until", "at", "closes"),
    [(None, 0, 1), (NOW - DAY, 0, 1), (NOW + DAY / 2, 0.5, 1), (NOW + 5 * DAY, 5, 5)],
)
def test_a_later_day_is_never_an_earlier_one(until: datetime | None, at: float, closes: float) -> None:
    deadline = extended(Deadline(NOW, NOW + DAY, refuses=True), until)
    assert (deadline.at, deadline.closes, deadline.refuses) == (NOW + at * DAY, NOW + closes * DAY, True)


def test_a_learner_with_more_time_and_attempts_gets_them_and_sees_why(
    browser: Browser, session: Session, tariq: Member, lena: Member, max_: Member
) -> None:
    stage.publish(session, minutes=20, attempts=1)
    stage.enrol(session, lena, max_)
    page = (
        browser.signed_in(tariq).open(f"/teach/{stage.SLUG}/learners/{lena.id}").follow("More time, attempts or days")
    )
    page = page.submit("Save", time_factor="150", extra_attempts="2")
    assert "Lena was told" in page.notice
    assert "Your trainers changed how much time" in browser.signed_in(lena).open("/my/notices").text
    hers, his = (browser.signed_in(who).open(f"{LESSON}/").text for who in (lena, max_))
    assert "30 minutes" in hers
    assert "150% of the usual" in hers
    assert "3 attempts" in hers
    assert "20 minutes" in his
    browser.signed_in(lena).open(f"{LESSON}/").submit("Start the quiz")
    (attempt,) = stage.attempts(session)
    assert attempt.deadline is not None
    assert attempt.deadline - attempt.started_at == timedelta(minutes=30)


def test_a_wrong_number_is_said_beside_its_field(
    browser: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    stage.publish(session)
    stage.enrol(session, lena)
    page = browser.signed_in(tariq).open(f"/teach/{stage.SLUG}/learners/{lena.id}/allowance")
    page = page.submit("Save", extra_attempts="99")
    assert page.errors == ["Please give a number from 0 to 20."]
    assert session.scalars(select(Member.id)).first()


def test_a_later_day_goes_with_a_task_that_moves(session: Session, lena: Member, max_: Member) -> None:
    stage.publish(session)
    stage.enrol(session, lena, max_)
    place = session.scalars(select(Enrolment).where(Enrolment.member_id == lena.id)).one()
    place.extensions = as_json({"water/map": NOW})
    session.flush()
    service.follow(session, stage.SLUG, "water/map", "hills/map")
    assert queries.allowance_of(session, lena.id, stage.SLUG).extensions == {"hills/map": NOW}
    assert queries.allowance_of(session, max_.id, stage.SLUG) is NONE
