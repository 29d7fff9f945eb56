"""Lena takes a quiz: begins, answers, leaves, comes back, hands in, learns from the result."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.progress.models import LessonRecord
from courses.quizzes.answers import Answer, Picks, Written
from courses.quizzes.models import AttemptState
from tests.browser import Browser, Page
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]


@pytest.fixture
def at_desk(browser: Browser, session: Session, lena: Member) -> Browser:
    """Lena's browser, with a place in the course and a quiz of five questions."""
    stage.publish(session)
    stage.enrol(session, lena)
    return browser.signed_in(lena)


@pytest.fixture
def hour() -> Iterator[time_machine.Traveller]:
    """A clock that tests can turn."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def begin(desk: Browser) -> Page:
    return desk.open(f"{LESSON}/").submit("Start the quiz")


def record(session: Session, lena: Member) -> LessonRecord | None:
    session.expire_all()
    found = session.get(LessonRecord, (lena.id, stage.SLUG, "water/check"))
    session.commit()
    return found


def test_the_start_page_tells_what_to_expect(at_desk: Browser) -> None:
    page = at_desk.open(f"{LESSON}/")
    assert page.heading == "Check"
    for words in ("5 questions", "75% to pass", "no time limit", "3 attempts", "You have 3 attempts left."):
        assert words in page.text


def test_lena_answers_everything_and_passes(at_desk: Browser, session: Session, lena: Member) -> None:
    page = begin(at_desk)
    assert page.heading == "Check"
    (attempt,) = stage.attempts(session)
    result = page.submit("Hand in", **stage.right(stage.paper(session, attempt)))
    assert result.heading == "Your result: Check"
    assert "100%" in result.text
    assert "You have passed. Go on to the next lesson." in result.text
    found = record(session, lena)
    assert found is not None
    assert (found.state, found.score) == ("passed", 100)


def test_the_result_explains_every_question(at_desk: Browser, session: Session) -> None:
    page = begin(at_desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    wrong: dict[str, Answer] = {
        "bankfell": Picks(frozenset({0})),
        "year1992": Written("1993"),
        "visitlist": Picks(frozenset({0})),
    }
    result = page.submit("Hand in", **stage.right(whole, but=wrong))
    for secret in stage.SECRETS[:12]:
        assert secret in result.text
    for words in ("this was right too", "not right", "Accepted answers", "1992", "Not yet", "Partly right", "Right"):
        assert words in result.text
    missed = [node.to_text() for node in result.all(".verdict-missed")]
    assert sorted(missed) == ["this was right", "this was right too"], "where one answer is right there is no other"
    assert ("the canal", f"/courses/{stage.SLUG}/water/canal/") in result.links()
    assert "You have 2 attempts left." in result.text


def test_the_result_leads_to_the_questions_that_went_wrong(at_desk: Browser, session: Session) -> None:
    page = begin(at_desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    result = page.submit("Hand in", **stage.right(whole, but={"year1992": Written("1993")}))
    place = 1 + [sheet.question.id for sheet in whole.sheets].index("year1992")
    again = [node.attrs["href"] for node in result.all("nav[aria-label='Questions to look at again'] a")]
    assert again == [f"#question-{place}"]
    assert "1993" in result.text_of(f"#question-{place}")
    assert f"{len(whole.sheets) - 1} of {len(whole.sheets)} questions" in result.text


def test_a_quiz_left_blank_is_explained_too(at_desk: Browser) -> None:
    result = begin(at_desk).submit("Hand in")
    assert result.heading == "Your result: Check"
    assert "You left this question out." in result.text
    assert "0%" in result.text


def test_nothing_on_the_page_gives_an_answer_away(at_desk: Browser) -> None:
    page = begin(at_desk)
    assert "Nobody: a bank fell" in page.text
    shown = page.source.replace("Nobody: a bank fell", "")
    assert [secret for secret in stage.SECRETS if secret in shown] == []


def test_two_learners_get_other_orders_and_other_tokens(
    at_desk: Browser, browser: Browser, session: Session, ana: Member
) -> None:
    stage.enrol(session, ana)
    begin(at_desk)
    begin(browser.signed_in(ana))
    first, second = (stage.paper(session, each) for each in stage.attempts(session))
    tokens = [{token for sheet in whole.sheets for token in (sheet.token, *sheet.parts)} for whole in (first, second)]
    assert not tokens[0] & tokens[1]


def test_the_order_of_the_page_is_the_papers(at_desk: Browser, session: Session) -> None:
    page = begin(at_desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    asked = [node.attrs["value"] for node in page.all("input[name=asked]")]
    assert asked == [sheet.token for sheet in whole.sheets]
    for sheet in whole.sheets:
        shown = [node.attrs["value"] for node in page.all(f"input[name={sheet.name}][value]")]
        assert shown in ([], [sheet.parts[place] for place in sheet.drawn.order], [""])


def test_what_is_saved_stands_there_when_lena_comes_back(at_desk: Browser, session: Session) -> None:
    begin(at_desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    saved = at_desk.post(f"{LESSON}/attempt/1/save", stage.right(whole))
    assert saved.notice == "Done Your answers are saved. You can come back to them from the quiz's page."
    again = at_desk.open(f"{LESSON}/").submit("Go on with your attempt")
    filled = again.form("Hand in").values
    del filled["csrf_token"], filled["asked"]
    expected = {name: sorted(value) for name, value in stage.right(whole).items() if name != "asked"}
    assert {name: [value] if isinstance(value, str) else sorted(value) for name, value in filled.items()} == expected


def test_a_question_the_form_does_not_hold_is_left_as_it_was(at_desk: Browser, session: Session) -> None:
    begin(at_desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    at_desk.post(f"{LESSON}/attempt/1/save", stage.right(whole))
    at_desk.post(f"{LESSON}/attempt/1/save", {})
    assert "100%" in at_desk.post(f"{LESSON}/attempt/1", {}).text


def test_unticking_every_box_clears_the_answer(at_desk: Browser, session: Session) -> None:
    begin(at_desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    at_desk.post(f"{LESSON}/attempt/1/save", stage.right(whole))
    boxes = next(sheet for sheet in whole.sheets if sheet.question.id == "visitlist")
    at_desk.post(f"{LESSON}/attempt/1/save", {"asked": [boxes.token]})
    assert "80%" in at_desk.post(f"{LESSON}/attempt/1", {}).text


def test_a_script_saves_quietly_and_learns_the_time_left(browser: Browser, session: Session, lena: Member) -> None:
    stage.publish(session, minutes=30)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    begin(desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    desk.headers["X-Requested-With"] = "autosave"
    answer = desk.post(f"{LESSON}/attempt/1/save", stage.right(whole)).response.get_json()
    assert answer["saved"] is True
    assert 0 < answer["left_seconds"] <= 1800


def test_saving_answers_costs_few_queries(at_desk: Browser, session: Session, query_count: Counter) -> None:
    begin(at_desk)
    form = {**stage.right(stage.paper(session, stage.attempts(session)[0])), "csrf_token": at_desk.csrf()}
    with query_count() as first:
        at_desk.client.post(f"{LESSON}/attempt/1/save", data=form, headers={"X-Requested-With": "autosave"})
    with query_count() as unchanged:
        at_desk.client.post(f"{LESSON}/attempt/1/save", data=form, headers={"X-Requested-With": "autosave"})
    assert (first.total, unchanged.total) == (6, 5)


def test_beginning_twice_gives_one_attempt(at_desk: Browser, session: Session) -> None:
    begin(at_desk)
    at_desk.post(f"{LESSON}/attempt")
    at_desk.post(f"{LESSON}/attempt")
    assert [each.number for each in stage.attempts(session)] == [1]


def test_after_the_last_attempt_there_is_no_other(browser: Browser, session: Session, lena: Member) -> None:
    stage.publish(session, attempts=2)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    begin(desk).submit("Hand in")
    desk.open(f"{LESSON}/").submit("Try again").submit("Hand in")
    page = desk.open(f"{LESSON}/")
    assert "You have used all your attempts." in page.text
    assert desk.post(f"{LESSON}/attempt").status == 409
    assert len(stage.attempts(session)) == 2


def test_the_best_result_stands(at_desk: Browser, session: Session, lena: Member) -> None:
    page = begin(at_desk)
    page.submit("Hand in", **stage.right(stage.paper(session, stage.attempts(session)[0])))
    at_desk.open(f"{LESSON}/").submit("Try again").submit("Hand in")
    found = record(session, lena)
    assert found is not None
    assert (found.state, found.score) == ("passed", 100)
    assert "Your best result is 100%." in at_desk.open(f"{LESSON}/").text


def test_when_the_time_is_over_what_was_saved_is_handed_in(
    browser: Browser, session: Session, lena: Member, hour: time_machine.Traveller
) -> None:
    stage.publish(session, minutes=30)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    page = begin(desk)
    assert "This attempt ends at" in page.text
    whole = stage.paper(session, stage.attempts(session)[0])
    desk.post(f"{LESSON}/attempt/1/save", stage.right(whole))
    hour.shift(timedelta(minutes=31))
    assert desk.post(f"{LESSON}/attempt/1/save", stage.right(whole)).status == 409
    result = desk.open(f"{LESSON}/attempt/1")
    assert result.heading == "Your result: Check"
    assert "100%" in result.text
    (attempt,) = stage.attempts(session)
    assert attempt.handed_in_at == attempt.deadline


def test_the_start_page_hands_in_a_forgotten_attempt_too(
    browser: Browser, session: Session, lena: Member, hour: time_machine.Traveller
) -> None:
    stage.publish(session, minutes=30)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    begin(desk)
    hour.shift(timedelta(hours=1))
    assert "Attempt 1" in desk.open(f"{LESSON}/").text
    assert stage.attempts(session)[0].state == AttemptState.MARKED


def test_answers_on_their_way_at_the_deadline_still_count(
    browser: Browser, session: Session, lena: Member, hour: time_machine.Traveller
) -> None:
    stage.publish(session, minutes=30)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    page = begin(desk)
    hour.shift(timedelta(minutes=30, seconds=20))
    result = page.submit("Hand in", **stage.right(stage.paper(session, stage.attempts(session)[0])))
    assert "100%" in result.text


def test_answers_that_come_later_do_not(
    browser: Browser, session: Session, lena: Member, hour: time_machine.Traveller
) -> None:
    stage.publish(session, minutes=30)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    page = begin(desk)
    hour.shift(timedelta(minutes=30, seconds=31))
    result = page.submit("Hand in", **stage.right(stage.paper(session, stage.attempts(session)[0])))
    assert "The time was over." in result.text
    assert stage.attempts(session)[0].score == 0


def test_an_attempt_keeps_the_edition_it_began_with(at_desk: Browser, session: Session) -> None:
    page = begin(at_desk)
    whole = stage.paper(session, stage.attempts(session)[0])
    changed = stage.quiz_text().replace("= 1992", "= 2001").replace("A fence", "A wall")
    stage.publish(session, changes={stage.QUIZ_FILE: changed})
    assert "A fence" in at_desk.open(f"{LESSON}/attempt/1").text
    result = page.submit("Hand in", **stage.right(whole))
    assert "100%" in result.text
    assert "A fence" in result.text


def test_a_text_that_is_too_long_comes_back_with_everything(browser: Browser, session: Session, lena: Member) -> None:
    stage.publish(session, with_open=True)
    stage.enrol(session, lena)
    page = begin(browser.signed_in(lena))
    whole = stage.paper(session, stage.attempts(session)[0])
    long = "word " * 5000
    again = page.submit("Hand in", **stage.right(whole, but={"why": Written(long)}))
    assert again.status == 422
    assert again.errors == ["Please use at most 20000 characters."]
    assert "word word" in again.text
    assert stage.attempts(session)[0].is_open


def test_the_pages_cost_few_queries(at_desk: Browser, session: Session, query_count: Counter) -> None:
    page = begin(at_desk)
    at_desk.open(f"{LESSON}/attempt/1")
    with query_count() as attempt:
        at_desk.open(f"{LESSON}/attempt/1")
    page.submit("Hand in", **stage.right(stage.paper(session, stage.attempts(session)[0])))
    with query_count() as result:
        at_desk.open(f"{LESSON}/attempt/1/result")
    with query_count() as start:
        at_desk.open(f"{LESSON}/")
    assert (attempt.total, result.total, start.total) == (5, 6, 4)
