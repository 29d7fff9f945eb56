"""The course page, lessons, and marking them as done."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people import data_rights
from academy.people.models import Member
from courses.lessons import changes
from courses.progress.models import LessonState
from courses.progress.queries import standings_in_course
from courses.progress.service import record_result
from tests.browser import Browser
from tests.courses import shelf
from tests.makers import LONG_AGO
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
LESSON = "/courses/first-steps/canal/water/"


def test_a_visitor_reads_the_preview_and_is_asked_in_for_the_rest(browser: Browser, session: Session) -> None:
    shelf.publish(session)
    page = browser.open(LESSON)
    assert page.heading == "Water in summer"
    assert "In July the gate is shut at night." in page.text
    assert "Mark as done" not in page.text
    assert browser.open("/courses/first-steps/canal/night/").heading == "Sign in"


def test_lena_reads_marks_as_done_and_comes_to_the_next(browser: Browser, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    page = browser.signed_in(lena).open(LESSON)
    assert page.text_of(".thread-sentence") == "0 of 3 lessons done"
    following = page.submit("Mark as done and continue")
    assert following.heading == "Night watch"
    assert following.text_of(".thread-sentence") == "1 of 3 lessons done"


def test_a_double_click_on_done_counts_once(browser: Browser, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    phone = browser.signed_in(lena)
    for _ in range(2):
        phone.post(f"{LESSON}done")
    standing = standings_in_course(session, "first-steps")[lena.id]
    assert list(standing.done) == ["canal/water"]


def test_the_course_page_says_exactly_what_is_left(browser: Browser, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    phone = browser.signed_in(lena)
    phone.post(f"{LESSON}done")
    text = phone.open("/courses/first-steps/").text_of("#checklist")
    assert "Read the lessons 1 of 2 Next: Night watch" in text
    assert "Check what you know Not taken yet. It needs 75%." in text


def test_a_member_without_a_place_is_sent_to_the_course_page(browser: Browser, session: Session, max_: Member) -> None:
    shelf.publish(session)
    page = browser.signed_in(max_).open("/courses/first-steps/canal/night/")
    assert page.heading == "First steps"
    assert browser.signed_in(max_).post(f"{LESSON}done").status == 403


def test_done_does_not_pass_a_quiz(browser: Browser, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    assert browser.signed_in(lena).post("/courses/first-steps/canal/check/done").status == 403


def test_what_is_not_there_is_not_there(browser: Browser, session: Session) -> None:
    shelf.publish(session)
    for address in ("/courses/nothing/", "/courses/first-steps/canal/nothing/", "/courses/first-steps/nothing/water/"):
        assert browser.open(address).status == 404


def test_a_lesson_is_read_in_the_readers_language_and_says_so_when_it_cannot(
    browser: Browser, session: Session
) -> None:
    shelf.publish(session)
    russian = browser.speaking("ru").open(LESSON)
    assert russian.heading == "Вода летом"
    assert russian.all(".prose")[0].attrs["lang"] == "ru"
    dari = browser.speaking("fa").open(LESSON)
    assert dari.heading == "Water in summer"
    assert dari.all("html")[0].attrs["dir"] == "rtl"
    assert (dari.all(".prose")[0].attrs["lang"], dari.all(".prose")[0].attrs["dir"]) == ("en", "ltr")


def test_a_new_edition_takes_nothing_away_and_shows_what_changed(
    browser: Browser, session: Session, lena: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    for key in ("canal/water", "canal/night"):
        _finish(session, lena, key, LessonState.DONE)
    _finish(session, lena, "canal/check", LessonState.PASSED)
    strict = shelf.COURSE.format(enrolment="open", status="published").replace("quizzes: 75", "quizzes: 95")
    shelf.publish(session, course=strict, night=shelf.NIGHT.replace("An old man", "An old woman"))
    page = browser.signed_in(lena).open("/courses/first-steps/")
    assert "You have earned the certificate" in page.text
    assert "The course has changed since you finished." in page.text
    changes = page.follow("See what changed")
    assert "An old woman sits there." in changes.text_of("ins")
    assert "An old man sits there." in changes.text_of("del")


def test_what_changed_never_shows_an_answer_key(browser: Browser, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    _finish(session, lena, "canal/check", LessonState.PASSED)
    shelf.publish(session, check=shelf.CHECK.replace("= July", "= August"))
    page = browser.signed_in(lena).open("/courses/first-steps/changes?since=1")
    assert "Questions changed" in page.text
    assert "August" not in page.source
    assert "July" not in page.source


def _finish(session: Session, who: Member, key: str, state: LessonState) -> None:
    record_result(
        session,
        member_id=who.id,
        course_slug="first-steps",
        lesson_key=key,
        state=state,
        score=100 if state is LessonState.PASSED else None,
        edition=1,
        now=LONG_AGO,
    )
    session.commit()


def test_reading_costs_a_pinned_number_of_queries(
    browser: Browser, session: Session, lena: Member, query_count: Counter
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    phone = browser.signed_in(lena)
    for address, expected in ((LESSON, 4), ("/courses/first-steps/", 5), ("/", 5)):
        phone.open(address)
        with query_count() as count:
            phone.open(address)
        assert count.total <= expected, (address, count.statements)
    for address, expected in ((LESSON, 2), ("/courses/first-steps/", 2), ("/", 1)):
        with query_count() as count:
            browser.open(address)
        assert count.total <= expected, (address, count.statements)


def test_my_learning_is_kind_when_empty_and_leads_on_when_not(browser: Browser, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    phone = browser.signed_in(lena)
    empty = phone.open("/")
    assert "You have not started a course yet." in empty.text
    shelf.enrolled(session, lena.id, live)
    assert phone.open("/").follow("Water in summer").heading == "Water in summer"


def test_what_lena_did_is_hers_to_take_and_to_erase(app: Flask, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    _finish(session, lena, "canal/water", LessonState.DONE)
    with app.app_context():
        assert data_rights.export(session, lena.id)["progress"]["lessons"][0]["lesson"] == "canal/water"
        data_rights.erase(session, lena.id)
        assert data_rights.export(session, lena.id)["progress"] == {"lessons": [], "completed": []}


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("## A **gate**", "A gate"),
        ("Two villages share *one* [canal](01-canal.md).[^1]", "Two villages share one canal."),
        ('![A gate across a canal](../media/gate.webp "Shut")', "A gate across a canal"),
        ("[^1]: An invented story.", "An invented story."),
        ("| a | b |", "| a | b |"),
    ],
)
def test_what_changed_is_told_without_marks(source: str, read: str) -> None:
    assert changes.readable(source) == read


def test_a_link_that_leads_elsewhere_is_seen_as_it_was_written() -> None:
    found = changes.passages("See [this](a.md).", "See [this](b.md).")
    assert [each.text for each in found] == ["See [this](a.md).", "See [this](b.md)."]
