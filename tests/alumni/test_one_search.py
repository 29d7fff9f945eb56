"""One search over courses, lessons and people: each only as far as the asker may see."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.audiences import Audience
from courses.lessons import searchable
from courses.lessons.models import LessonText
from tests.alumni.profile_stage import profile
from tests.browser import Browser, Page, words
from tests.courses import release_stage as stage
from tests.courses import shelf


def found(page: Page) -> list[str]:
    """What was found, in order."""
    return [words(node) for node in page.all(".list-row-title")]


def test_visitors_find_courses_open_lessons_and_people_who_are_open(
    browser: Browser, session: Session, ana: Member
) -> None:
    shelf.publish(session)
    profile(session, ana, show=Audience.EVERYONE, story="I look after a gate.")
    assert found(browser.open("/search?q=gates")) == ["Water in summer", "Ana"]
    assert found(browser.open("/search?q=first steps")) == ["First steps"]
    assert found(browser.speaking("ru").open("/search?q=затвор")) == ["Вода летом"]
    assert "Nothing that you may open" in browser.speaking("en").open("/search?q=zzzz").text
    assert found(browser.open("/search")) == []


def test_a_lesson_is_found_by_those_alone_to_whom_it_is_open(
    browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    live = stage.publish(session, goat=stage.opens(f"on: {stage.in_days(5)}"))
    stage.join(session, lena, live)
    session.rollback()
    learner, stranger = browser.signed_in(lena), browser.signed_in(max_)
    assert found(learner.open("/search?q=dry")) == ["The well"]
    assert found(stranger.open("/search?q=dry")) == []
    assert [found(each.open("/search?q=strays border")) for each in (learner, stranger)] == [[], []]


def test_drafts_and_former_editions_are_not_found(browser: Browser, session: Session) -> None:
    shelf.publish(session)
    shelf.publish(session, water=shelf.WATER.replace("gate", "sluice"))
    session.rollback()
    assert found(browser.open("/search?q=sluice")) == ["Water in summer"]
    assert "Water in summer" not in found(browser.open("/search?q=gate"))
    shelf.publish(session, slug="hidden", course=shelf.COURSE.format(enrolment="open", status="draft"))
    session.rollback()
    assert found(browser.open("/search?q=sluice")) == ["Water in summer"]


def test_what_went_live_unseen_is_caught_up_with(app: Flask, browser: Browser, session: Session) -> None:
    shelf.publish(session)
    session.execute(delete(LessonText))
    session.commit()
    assert found(browser.open("/search?q=gate")) == []
    with app.app_context():
        searchable.catch_up({}, clock.now() + timedelta(days=1))
    assert found(browser.open("/search?q=gate")) == ["Water in summer"]
