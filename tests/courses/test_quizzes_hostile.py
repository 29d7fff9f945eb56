"""What Max, a second tab and a bad line try with quizzes, and what comes of it."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import clock
from academy.people import data_rights
from academy.people.models import Member
from courses.enrolment.models import Enrolment
from courses.quizzes import jobs, service
from courses.quizzes.answers import Written
from courses.quizzes.models import AnswerRow, Attempt
from courses.tasks import service as tasks
from courses.tasks.models import Work
from tests.browser import Browser
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON

ATTEMPT = f"{LESSON}/attempt/1"


@pytest.fixture
def at_desk(browser: Browser, session: Session, lena: Member) -> Browser:
    """Lena in the middle of her first attempt."""
    stage.publish(session)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    desk.post(f"{LESSON}/attempt")
    return desk


def right(session: Session) -> dict[str, list[str]]:
    return stage.right(stage.paper(session, stage.attempts(session)[0]))


def rows(session: Session) -> int:
    session.expire_all()
    count = session.scalar(select(func.count()).select_from(AnswerRow)) or 0
    session.commit()
    return count


@pytest.mark.parametrize("path", [ATTEMPT, f"{ATTEMPT}/result"])
def test_another_learner_finds_nothing_at_lenas_address(
    at_desk: Browser, browser: Browser, session: Session, ana: Member, path: str
) -> None:
    stage.enrol(session, ana)
    at_desk.open(ATTEMPT)
    assert browser.signed_in(ana).open(path).status == 404


@pytest.mark.parametrize("path", [ATTEMPT, f"{ATTEMPT}/save"])
def test_nor_can_she_write_there(at_desk: Browser, browser: Browser, session: Session, ana: Member, path: str) -> None:
    stage.enrol(session, ana)
    at_desk.open(ATTEMPT)
    assert browser.signed_in(ana).post(path, right(session)).status == 404
    assert rows(session) == 0


def test_a_stranger_cannot_begin(at_desk: Browser, browser: Browser, session: Session, max_: Member) -> None:
    at_desk.open(ATTEMPT)
    assert browser.signed_in(max_).post(f"{LESSON}/attempt").status == 403
    assert len(stage.attempts(session)) == 1


@pytest.mark.parametrize("number", ["0", "2", "99999", "100000", "9" * 40, "-1", "x"])
def test_other_numbers_lead_nowhere(at_desk: Browser, number: str) -> None:
    assert at_desk.open(f"{LESSON}/attempt/{number}").status == 404


def test_an_open_attempt_has_no_result_yet(at_desk: Browser) -> None:
    page = at_desk.open(f"{ATTEMPT}/result")
    assert page.heading == "Check"
    assert [secret for secret in stage.SECRETS[:13] if secret in page.source] == []


def test_a_reading_lesson_cannot_be_attempted(at_desk: Browser) -> None:
    assert at_desk.post(f"/courses/{stage.SLUG}/water/canal/attempt").status == 404
    assert at_desk.post(f"/courses/{stage.SLUG}/water/nothing/attempt").status == 404


def test_answers_to_a_closed_attempt_are_refused(at_desk: Browser, session: Session) -> None:
    answers = right(session)
    at_desk.post(ATTEMPT, {})
    assert at_desk.post(f"{ATTEMPT}/save", answers).status == 409
    assert rows(session) == 0


def test_two_tabs_hand_in_and_both_see_the_one_result(at_desk: Browser, session: Session) -> None:
    answers = right(session)
    first, second = at_desk.post(ATTEMPT, answers), at_desk.post(ATTEMPT, {"asked": answers["asked"]})
    assert (first.heading, second.heading) == ("Your result: Check", "Your result: Check")
    assert "100%" in second.text
    assert stage.attempts(session)[0].score == 100


@pytest.mark.parametrize("asked", ["visitlist", "0", "0" * 12, "x" * 5000, "q-", "<script>"])
def test_unknown_questions_are_refused(at_desk: Browser, session: Session, asked: str) -> None:
    assert at_desk.post(f"{ATTEMPT}/save", {"asked": [asked]}).status == 400
    assert at_desk.post(ATTEMPT, {"asked": [asked]}).status == 400
    assert stage.attempts(session)[0].is_open


def test_tokens_of_another_attempt_are_refused(
    at_desk: Browser, browser: Browser, session: Session, ana: Member
) -> None:
    stage.enrol(session, ana)
    browser.signed_in(ana).post(f"{LESSON}/attempt")
    mine, hers = (stage.paper(session, each) for each in stage.attempts(session))
    assert at_desk.post(f"{ATTEMPT}/save", stage.right(hers)).status == 400
    mixed = {sheet.question.id: sheet for sheet in hers.sheets}
    for sheet in mine.sheets:
        other = mixed[sheet.question.id]
        fields = {"asked": [sheet.token], sheet.name: list(other.parts)}
        fields |= {f"{sheet.name}-{part}": list(other.choices[:1]) for part in sheet.parts}
        expected = 200 if not sheet.parts or sheet.question.id == "stepsid" else 400
        assert at_desk.post(f"{ATTEMPT}/save", fields).status == expected


def test_positions_of_the_file_mean_nothing(at_desk: Browser, session: Session) -> None:
    whole = stage.paper(session, stage.attempts(session)[0])
    sheet = next(each for each in whole.sheets if each.question.id == "bankfell")
    assert at_desk.post(f"{ATTEMPT}/save", {"asked": [sheet.token], sheet.name: ["1"]}).status == 400


@pytest.mark.parametrize("place", ["", "-1", "0", "1e9", "99", "9" * 500, "\u0661", "NaN", "1; DROP"])
def test_strange_places_are_only_wrong(at_desk: Browser, session: Session, place: str) -> None:
    whole = stage.paper(session, stage.attempts(session)[0])
    sheet = next(each for each in whole.sheets if each.question.id == "stepsid")
    fields = {"asked": [sheet.token], **{f"{sheet.name}-{part}": [place] for part in sheet.parts}}
    assert at_desk.post(f"{ATTEMPT}/save", fields).status == 200
    assert "0%" in at_desk.post(ATTEMPT, {}).text


@pytest.mark.parametrize("kind", ["autosave", ""])
def test_a_huge_answer_is_refused_in_words(at_desk: Browser, session: Session, kind: str) -> None:
    whole = stage.paper(session, stage.attempts(session)[0])
    at_desk.headers["X-Requested-With"] = kind
    answers = stage.right(whole, but={"year1992": Written("9" * 100_000)})
    assert at_desk.post(f"{ATTEMPT}/save", answers).status == 422
    assert rows(session) == 0


def test_a_body_beyond_all_measure_is_not_read(at_desk: Browser, session: Session) -> None:
    whole = stage.paper(session, stage.attempts(session)[0])
    answers = stage.right(whole, but={"year1992": Written("9" * 2_000_000)})
    assert at_desk.post(f"{ATTEMPT}/save", answers).status == 413


def test_whoever_left_the_course_keeps_results_but_no_pen(at_desk: Browser, session: Session, lena: Member) -> None:
    answers = right(session)
    at_desk.post(f"{LESSON}/attempt")
    place = session.execute(select(Enrolment).filter_by(member_id=lena.id)).scalar_one()
    place.left_at = clock.now()
    session.commit()
    assert at_desk.open(ATTEMPT).status == 403
    assert at_desk.post(f"{ATTEMPT}/save", answers).status == 403


def test_a_save_without_a_token_of_the_session_is_refused(at_desk: Browser) -> None:
    assert at_desk.send(f"{ATTEMPT}/save", {}).status == 400


def together(app: Flask, browsers: list[Browser], act: Callable[[Browser], int]) -> list[int]:
    """Let all these browsers act at once; returns the statuses."""
    del app
    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(act, browsers))


def post_quietly(path: str, token: str) -> Callable[[Browser], int]:
    """A post that follows no redirect and inspects no page."""

    def act(browser: Browser) -> int:
        return browser.client.post(path, data={"csrf_token": token}).status_code

    return act


def copies(desk: Browser, count: int) -> list[Browser]:
    """So many tabs of the same browser."""
    with desk.client.session_transaction() as cookie:
        kept = dict(cookie)
    tabs = []
    for _ in range(count):
        tab = Browser(desk.app, desk.session)
        with tab.client.session_transaction() as cookie:
            cookie.update(kept)
        tabs.append(tab)
    return tabs


def test_ten_tabs_begin_one_attempt(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    stage.publish(session)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    token = desk.csrf()
    statuses = together(app, copies(desk, 10), post_quietly(f"{LESSON}/attempt", token))
    assert set(statuses) == {303}
    assert [each.number for each in stage.attempts(session)] == [1]


def test_ten_tabs_that_begin_and_hand_in_get_exactly_three_attempts(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    stage.publish(session, attempts=3)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    token = desk.csrf()

    def hurry(tab: Browser) -> int:
        for number in (1, 2, 3):
            post_quietly(f"{LESSON}/attempt", token)(tab)
            post_quietly(f"{LESSON}/attempt/{number}", token)(tab)
        return post_quietly(f"{LESSON}/attempt", token)(tab)

    statuses = together(app, copies(desk, 10), hurry)
    assert 500 not in statuses
    assert [each.number for each in stage.attempts(session)] == [1, 2, 3]


def test_the_database_itself_holds_one_open_attempt(at_desk: Browser, session: Session, lena: Member) -> None:
    at_desk.open(ATTEMPT)
    session.add(
        Attempt(
            member_id=lena.id,
            course_slug=stage.SLUG,
            lesson_key="water/check",
            number=2,
            edition=1,
            seed="x",
            started_at=clock.now(),
        )
    )
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


def test_the_worker_hands_in_what_everybody_forgot(browser: Browser, session: Session, lena: Member) -> None:
    stage.publish(session, minutes=30)
    stage.enrol(session, lena)
    browser.signed_in(lena).post(f"{LESSON}/attempt")
    later = clock.now() + timedelta(hours=1)
    session.commit()
    with browser.app.app_context():
        jobs.hand_in_overdue(later)
        jobs.hand_in_overdue(later)
    assert not stage.attempts(session)[0].is_open


def test_an_export_in_the_middle_of_an_attempt_gives_nothing_away(
    at_desk: Browser, session: Session, lena: Member
) -> None:
    at_desk.post(f"{ATTEMPT}/save", right(session))
    with at_desk.app.app_context():
        (during,) = data_rights.export(session, lena.id)["quizzes"]["attempts"]
        session.commit()
        at_desk.post(ATTEMPT, {})
        session.expire_all()
        (afterwards,) = data_rights.export(session, lena.id)["quizzes"]["attempts"]
    assert (during["answers"], "seed" in during) == ([], False)
    assert {"question": "year1992", "answer": {"text": "1992"}, "percent": None, "comment": ""} in afterwards["answers"]


def test_erasing_a_member_erases_answers_and_works(at_desk: Browser, session: Session, lena: Member) -> None:
    at_desk.post(ATTEMPT, right(session))
    at_desk.post(f"{stage.TASK}/save", {"text": "A map."})
    service.forget(session, lena.id)
    tasks.forget(session, lena.id)
    session.commit()
    assert stage.attempts(session) == []
    assert rows(session) == 0
    assert session.scalars(select(Work)).all() == []


def test_what_is_kept_holds_positions_only_on_the_server(at_desk: Browser, session: Session) -> None:
    answers = right(session)
    at_desk.post(f"{ATTEMPT}/save", answers)
    kept = {row.question_id: row.content for row in session.scalars(select(AnswerRow))}
    session.commit()
    assert kept["bankfell"] == {"picks": [1]}
    assert json.dumps(kept["stepsid"]) == '{"ranks": [1, 2, 3]}'
