"""An order that nobody touched is no answer: not on the page, not before handing in, not in the marks."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Window
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from academy.people.models import Member
from courses.quizzes import queries
from courses.quizzes.answers import Ranks, blank
from courses.quizzes.papers import Sheet
from tests.browser import Browser, Page
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON

ATTEMPT = f"{LESSON}/attempt/1"
LEFT_OUT = "You left this question out."


@pytest.fixture
def desk(browser: Browser, session: Session, lena: Member) -> Browser:
    """Lena's browser at an attempt that has just begun."""
    stage.publish(session)
    stage.enrol(session, lena)
    at_desk = browser.signed_in(lena)
    at_desk.post(f"{LESSON}/attempt")
    return at_desk


def order_of(session: Session) -> Sheet:
    """The question of the attempt that asks for an order."""
    whole = stage.paper(session, stage.attempts(session)[0])
    return next(sheet for sheet in whole.sheets if sheet.question.id == "stepsid")


def places_on(page: Page, sheet: Sheet) -> list[str]:
    """The places chosen for the items, in the order of the file; '' where none is."""
    values = page.form("Hand in").values
    return [values[f"{sheet.name}-{token}"][0] for token in sheet.parts]


def saved(desk: Browser, changes: Mapping[str, list[str]] | None = None) -> Page:
    """Send the form as it stands, but for these fields, by its button that saves."""
    page = desk.open(ATTEMPT)
    asked = [node.attrs["value"] for node in page.all("input[name=asked]")]
    return desk.post(f"{ATTEMPT}/save", {**page.form("Hand in").values, "asked": asked, **(changes or {})})


def saved_order(session: Session) -> object:
    (attempt,) = stage.attempts(session)
    return queries.answers_of(session, attempt.id)["stepsid"].content


def test_no_place_is_chosen_before_lena_chooses_one(desk: Browser, session: Session) -> None:
    page = desk.open(ATTEMPT)
    assert places_on(page, order_of(session)) == ["", "", ""]
    assert "Until you do, the question counts as not answered." in page.text
    assert "No question has an answer yet." in page.text


def test_an_untouched_order_earns_nothing_and_the_result_says_why(desk: Browser, session: Session) -> None:
    sheet = order_of(session)
    whole = stage.right(stage.paper(session, stage.attempts(session)[0]))
    untouched = {name: value for name, value in whole.items() if not name.startswith(sheet.name)}
    result = desk.open(ATTEMPT).submit("Hand in", **untouched)
    question = next(node for node in result.all("fieldset") if "Put the steps in order" in node.to_text())
    words = " ".join(question.to_text(separator=" ").split())
    assert LEFT_OUT in words
    assert "0% of the point" in words
    assert result.text.count(LEFT_OUT) == 1
    assert "80%" in result.text


def test_saving_without_a_touch_keeps_the_question_unanswered(desk: Browser, session: Session) -> None:
    page = saved(desk)
    sheet = order_of(session)
    assert saved_order(session) == {"ranks": [None, None, None]}
    assert places_on(page, sheet) == ["", "", ""]


def test_only_the_places_that_were_given_stand_there_again(desk: Browser, session: Session) -> None:
    sheet = order_of(session)
    page = saved(desk, stage.sent(sheet, Ranks((2,))))
    assert places_on(page, sheet) == ["2", "", ""]


def test_the_drawn_order_counts_once_it_was_confirmed(desk: Browser, session: Session) -> None:
    sheet = order_of(session)
    as_shown = tuple(sheet.drawn.order.index(place) + 1 for place in range(len(sheet.parts)))
    page = saved(desk, stage.sent(sheet, Ranks(as_shown)))
    assert places_on(page, sheet) == [str(place) for place in as_shown]
    assert "have no answer yet" in page.text


def test_before_handing_in_lena_reads_what_has_no_answer(desk: Browser, session: Session) -> None:
    whole = stage.paper(session, stage.attempts(session)[0])
    number = [sheet.question.id for sheet in whole.sheets].index("stepsid") + 1
    but_one = stage.right(whole, but={"stepsid": blank(order_of(session).question)})
    fields = {name: [text for text in texts if text != "None"] for name, texts in but_one.items()}
    page = desk.post(f"{ATTEMPT}/save", fields)
    assert f"Question {number} has no answer yet." in page.text
    assert f"Question {number} has no answer yet." in desk.open(f"{LESSON}/").text
    page = desk.post(f"{ATTEMPT}/save", stage.right(whole))
    assert "Every question has an answer." in page.text
    assert "Every question has an answer." in desk.open(f"{LESSON}/").text


def test_a_script_that_saves_learns_what_has_no_answer(desk: Browser) -> None:
    desk.headers["X-Requested-With"] = "autosave"
    answer = desk.post(f"{ATTEMPT}/save").response.get_json()
    assert answer["answered"] == "No question has an answer yet."


@pytest.fixture
def window(app: Flask, desk: Browser, chromium: Chromium) -> Iterator[Window]:
    """Lena's attempt in a real browser, with its scripts."""
    server = make_server("localhost", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    cookie = desk.client.get_cookie("session")
    assert cookie is not None
    address = f"http://localhost:{server.server_port}"
    with closing(chromium.new_context(base_url=address, locale="en-GB")) as context:
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(ATTEMPT)
        yield page
    server.shutdown()
    serving.join()


def places_in(window: Window) -> list[str]:
    selects = window.locator("[data-order] select").all()
    return [select.input_value() for select in selects]


@pytest.mark.slow
def test_with_scripts_too_the_first_move_is_the_answer(window: Window) -> None:
    assert places_in(window) == ["", "", ""]
    with window.expect_response(lambda response: response.url.endswith("/save")):
        window.locator("[data-move='1']").first.click()
    assert places_in(window) == ["1", "2", "3"]
    window.get_by_text("have no answer yet").wait_for()
    window.reload()
    assert places_in(window) == ["1", "2", "3"]
    with window.expect_response(lambda response: response.url.endswith("/save")):
        window.locator("[data-order] select").first.select_option("")
    assert places_in(window) == ["", "", ""]
    window.get_by_text("No question has an answer yet.").wait_for()


@pytest.mark.slow
def test_with_scripts_the_order_as_shown_is_confirmed_by_placing_one(window: Window) -> None:
    before = window.locator(".order-text").all_text_contents()
    window.locator("[data-order] select").first.select_option("1")
    assert places_in(window) == ["1", "2", "3"]
    assert window.locator(".order-text").all_text_contents() == before
