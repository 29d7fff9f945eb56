"""How Lena gets a place in a course, and gives it up."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.people import data_rights
from academy.people.models import Member
from courses.enrolment import queries, service
from courses.enrolment.models import Enrolment, PlaceRequest
from courses.progress.models import LessonState
from courses.progress.queries import standings_in_course
from courses.progress.service import record_result
from tests import makers
from tests.browser import Browser
from tests.courses import shelf
from tests.courses.places import MOTIVE, Counter, asked, at_once, code
from tests.makers import LONG_AGO

DOOR = "/courses/first-steps/enrol"
LEAVE = "/courses/first-steps/leave"


def places(session: Session) -> int:
    """How many places are taken; the makers' session gives the write lock back at once."""
    session.commit()
    taken = session.scalar(select(func.count()).select_from(Enrolment).where(Enrolment.left_at.is_(None)))
    session.commit()
    return taken or 0


def test_lena_enrols_and_is_welcomed_at_the_first_lesson(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session)
    page = browser.signed_in(lena).open(DOOR)
    assert page.heading == "Enrol in First steps"
    assert "3 hours" in page.text
    assert "KB" in page.text
    assert "Read 100 % of the lessons." in page.text
    page = page.submit("Enrol")
    assert page.heading == "Water in summer"
    assert "Welcome to First steps." in page.notice


def test_a_visitor_signs_in_first(browser: Browser, session: Session) -> None:
    shelf.publish(session)
    assert browser.open(DOOR).heading == "Sign in"
    assert browser.open(LEAVE).heading == "Sign in"


def test_who_has_a_place_is_sent_on(browser: Browser, session: Session, lena: Member) -> None:
    shelf.enrolled(session, lena.id, shelf.publish(session))
    assert browser.signed_in(lena).open(DOOR).heading == "First steps"


def test_a_double_click_enrols_once(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session)
    page = browser.signed_in(lena).open(DOOR)
    assert [each.status for each in at_once([page, page, page, page], "Enrol")] == [200] * 4
    assert places(session) == 1


def test_who_left_comes_back_to_everything(browser: Browser, session: Session, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    record_result(
        session,
        member_id=lena.id,
        course_slug=live.slug,
        lesson_key="canal/water",
        state=LessonState.DONE,
        score=None,
        edition=1,
        now=LONG_AGO,
    )
    session.commit()
    phone = browser.signed_in(lena)
    page = phone.open(LEAVE)
    assert "Nothing is lost" in page.text
    assert places(session) == 1, "a page that asks changes nothing"
    assert "You left First steps." in page.submit("Leave the course").notice
    assert places(session) == 0
    page = phone.open(DOOR)
    assert page.heading == "Come back to First steps"
    assert "Welcome back to First steps." in page.submit("Come back").notice
    session.rollback()
    standing = standings_in_course(session, live.slug)[lena.id]
    assert (standing.active, list(standing.done)) == (True, ["canal/water"])


def test_who_left_a_course_by_code_or_approval_needs_neither_again(
    browser: Browser, session: Session, lena: Member
) -> None:
    live = shelf.publish(session, enrolment="approval")
    shelf.enrolled(session, lena.id, live)
    phone = browser.signed_in(lena)
    phone.open(LEAVE).submit("Leave the course")
    assert phone.open(DOOR).heading == "Come back to First steps"


def test_leaving_without_a_place_leads_to_the_course(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session)
    phone = browser.signed_in(lena)
    assert phone.open(LEAVE).heading == "First steps"
    assert phone.post(LEAVE).heading == "First steps"


def test_a_draft_does_not_exist_for_others(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    shelf.publish(session, status="draft")
    phone = browser.signed_in(lena)
    assert phone.open(DOOR).status == 404
    assert phone.post(DOOR).status == 404
    assert phone.open("/courses/no-such-course/enrol").status == 404
    desk = browser.signed_in(tariq)
    assert "still a draft" in desk.open(DOOR).text
    assert desk.post(DOOR).status == 409
    assert places(session) == 0


def test_a_code_gives_a_place_however_it_is_typed(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session, enrolment="code")
    made = code(session, seats=2)
    page = browser.signed_in(lena).open(DOOR)
    page = page.submit("Enrol", code=f" {made.code[:4].lower()}-{made.code[4:]} ")
    assert page.heading == "Water in summer"
    session.refresh(made)
    assert (made.uses, places(session)) == (1, 1)


def test_a_shared_link_fills_the_code_in(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session, enrolment="code")
    made = code(session)
    page = browser.signed_in(lena).open(f"{DOOR}?code={made.code}")
    assert page.form("Enrol").values["code"] == made.code
    assert places(session) == 0, "opening a link gives nothing yet"
    assert "Welcome" in page.submit("Enrol").notice


@pytest.mark.parametrize("fault", ["unknown", "stopped", "run out", "full", "of another course", "blank"])
def test_a_bad_code_gives_nothing(browser: Browser, session: Session, lena: Member, fault: str) -> None:
    shelf.publish(session, enrolment="code")
    shelf.publish(session, "second-steps", enrolment="code")
    made = code(session, slug="second-steps" if fault == "of another course" else "first-steps", seats=1)
    made.stopped_at = LONG_AGO if fault == "stopped" else None
    made.expires_at = clock.now() - timedelta(seconds=1) if fault == "run out" else None
    made.uses = 1 if fault == "full" else 0
    session.commit()
    typed = {"unknown": "AAAAAAAA", "blank": " "}.get(fault, made.code)
    page = browser.signed_in(lena).open(DOOR).submit("Enrol", code=typed)
    assert page.status == 422
    assert page.errors == [
        "Please fill this in."
        if fault == "blank"
        else "This code does not give a place. Check the letters, or ask whoever gave it to you."
    ]
    assert page.form("Enrol").values["code"].strip() == typed.strip()
    assert places(session) == 0


def test_seats_are_exact_when_eight_come_at_once(browser: Browser, session: Session) -> None:
    shelf.publish(session, enrolment="code")
    made = code(session, seats=3)
    crowd = [makers.member(session, f"Guest{number}") for number in range(8)]
    pages = [browser.signed_in(guest).open(f"{DOOR}?code={made.code}") for guest in crowd]
    answers = at_once(pages, "Enrol")
    assert sorted(page.status for page in answers) == [200] * 3 + [422] * 5
    session.refresh(made)
    assert (made.uses, places(session)) == (3, 3)


def test_a_double_click_takes_the_last_seat_once_and_tells_no_lie(
    browser: Browser, session: Session, lena: Member
) -> None:
    shelf.publish(session, enrolment="code")
    made = code(session, seats=1)
    page = browser.signed_in(lena).open(f"{DOOR}?code={made.code}")
    assert [each.status for each in at_once([page] * 4, "Enrol")] == [200] * 4
    session.refresh(made)
    assert (made.uses, places(session)) == (1, 1)


def test_the_service_uses_no_seat_for_who_has_a_place(session: Session, lena: Member) -> None:
    live = shelf.publish(session, enrolment="code")
    made = code(session, seats=1)
    given = [
        service.enrol_by_code(session, live=live, member_id=lena.id, code=made.code, now=LONG_AGO) for _ in range(2)
    ]
    assert (given, made.uses) == ([True, False], 1)


def test_guessing_codes_stops(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session, enrolment="code")
    made = code(session)
    page = browser.signed_in(lena).open(DOOR)
    for _ in range(10):
        assert page.submit("Enrol", code="AAAAAAAA").status == 422
    refused = page.submit("Enrol", code=made.code)
    assert refused.status == 429
    assert int(refused.response.headers["Retry-After"]) > 0
    assert places(session) == 0


def test_good_codes_do_not_count_as_guesses(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session, enrolment="code")
    made = code(session)
    phone = browser.signed_in(lena)
    for _ in range(12):
        assert phone.open(f"{DOOR}?code={made.code}").submit("Enrol").status == 200
        session.query(Enrolment).delete()
        session.commit()


def test_lena_asks_and_waits(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session, enrolment="approval")
    page = browser.signed_in(lena).open(DOOR)
    assert page.heading == "Ask for a place in First steps"
    page = page.submit("Ask for a place", motive=MOTIVE)
    assert "Your request is on its way." in page.notice
    assert "Waiting for a decision" in page.text
    assert places(session) == 0


@pytest.mark.parametrize(
    ("motive", "error"), [("Too short", "at least 50"), (" " * 60, "fill this in"), ("x" * 3001, "at most 3000")]
)
def test_a_motive_of_a_wrong_length_is_kept_and_sent_back(
    browser: Browser, session: Session, lena: Member, motive: str, error: str
) -> None:
    shelf.publish(session, enrolment="approval")
    page = browser.signed_in(lena).open(DOOR).submit("Ask for a place", motive=motive)
    assert page.status == 422
    assert error in page.errors[0]
    assert page.form("Ask for a place").values["motive"] == motive.strip()


def test_asking_twice_is_asking_once(browser: Browser, session: Session, lena: Member) -> None:
    shelf.publish(session, enrolment="approval")
    page = browser.signed_in(lena).open(DOOR)
    answers = at_once([page] * 4, "Ask for a place", motive=MOTIVE)
    assert {each.heading for each in answers} == {"Your request for First steps"}
    session.rollback()
    assert session.scalar(select(func.count()).select_from(PlaceRequest)) == 1


def test_who_was_refused_reads_why_and_may_ask_once_more(
    browser: Browser, session: Session, lena: Member, ada: Member
) -> None:
    shelf.publish(session, enrolment="approval")
    request = asked(session, lena)
    service.decide(session, request=request, admitted=False, answer="The group is full.", by=ada.id, now=LONG_AGO)
    session.commit()
    page = browser.signed_in(lena).open(DOOR)
    assert "You did not get a place" in page.text
    assert "The group is full." in page.text
    page = page.follow("Ask once more")
    assert page.form("Ask for a place").values["motive"] == MOTIVE
    assert "Waiting for a decision" in page.submit("Ask for a place").text


def test_lena_takes_her_data_away_and_erases_it(app: Flask, session: Session, lena: Member, max_: Member) -> None:
    live = shelf.publish(session, enrolment="approval")
    asked(session, lena)
    asked(session, max_)
    shelf.enrolled(session, lena.id, live)
    with app.app_context():
        known = data_rights.export(session, lena.id)["enrolment"]
        data_rights.erase(session, lena.id)
    assert [each["course"] for each in known["places"]] == ["first-steps"]
    assert [each["motive"] for each in known["requests"]] == [MOTIVE]
    assert queries.known_of(session, lena.id) == {"places": [], "requests": []}
    assert session.scalars(select(PlaceRequest.member_id)).all() == [max_.id]


def test_the_door_costs_few_queries(browser: Browser, session: Session, lena: Member, query_count: Counter) -> None:
    shelf.publish(session)
    phone = browser.signed_in(lena)
    phone.open(DOOR)
    with query_count() as count:
        phone.open(DOOR)
    assert count.total == 3, count.statements
