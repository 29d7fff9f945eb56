"""Lena writes a task: drafts, hands in, and never loses a word."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue.questions import Criterion, Task
from courses.tasks import rules
from courses.tasks.models import Work
from tests.browser import Browser
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import TASK

TEXT = "Upper village, lower village, one canal."


@pytest.fixture
def desk(browser: Browser, session: Session, lena: Member) -> Browser:
    """Lena's browser, with a place in the course."""
    stage.publish(session)
    stage.enrol(session, lena)
    return browser.signed_in(lena)


def works(session: Session) -> list[tuple[int, str, str]]:
    session.expire_all()
    found = [(each.number, each.state, each.text) for each in session.scalars(select(Work).order_by(Work.id))]
    session.commit()
    return found


def test_the_brief_and_the_rubric_stand_above_the_form(desk: Browser) -> None:
    page = desk.open(f"{TASK}/")
    assert page.heading == "A map"
    for words in ("Draw a map of the quarrel.", "All of them.", "The deep ones too.", "about 500 words", "60%"):
        assert words in page.text


def test_a_draft_stands_there_when_lena_comes_back(desk: Browser, session: Session) -> None:
    page = desk.post(f"{TASK}/save", {"text": TEXT})
    assert page.form("Hand in").values["text"] == TEXT
    assert works(session) == [(1, "draft", TEXT)]


def test_a_script_saves_the_draft_quietly(desk: Browser, session: Session) -> None:
    desk.headers["X-Requested-With"] = "autosave"
    assert desk.post(f"{TASK}/save", {"text": "a"}).response.get_json() == {"saved": True}
    assert desk.post(f"{TASK}/save", {"text": ""}).response.get_json() == {"saved": True}
    assert desk.post(f"{TASK}/save", {"text": TEXT}).response.get_json() == {"saved": True}
    assert works(session) == [(1, "draft", TEXT)]


def test_work_handed_in_waits_for_a_trainer(desk: Browser, session: Session) -> None:
    page = desk.open(f"{TASK}/").submit("Hand in", text=TEXT)
    assert "Your work is handed in." in page.text
    assert "Handed in on" in page.text
    assert works(session) == [(1, "handed_in", TEXT)]


def test_an_empty_or_endless_text_is_not_handed_in(desk: Browser, session: Session) -> None:
    page = desk.open(f"{TASK}/")
    assert page.submit("Hand in", text=" ").status == 422
    endless = page.submit("Hand in", text="word " * 9000)
    assert endless.status == 422
    assert len(endless.form("Hand in").values["text"]) == 45000
    assert works(session) == []


def test_a_second_tab_with_the_same_text_sees_the_same_page(desk: Browser, session: Session) -> None:
    page = desk.open(f"{TASK}/")
    first, second = page.submit("Hand in", text=TEXT), page.submit("Hand in", text=TEXT)
    assert (first.status, second.status) == (200, 200)
    assert works(session) == [(1, "handed_in", TEXT)]


def test_a_second_tab_with_another_text_keeps_it(desk: Browser, session: Session) -> None:
    page = desk.open(f"{TASK}/")
    page.submit("Hand in", text=TEXT)
    late = page.submit("Hand in", text="Another text.")
    assert late.status == 409
    assert late.form("Hand in").values["text"] == "Another text."
    assert works(session) == [(1, "handed_in", TEXT)]


def test_drafts_are_refused_while_a_trainer_reads(desk: Browser, session: Session) -> None:
    desk.post(f"{TASK}/hand-in", {"text": TEXT})
    assert desk.post(f"{TASK}/save", {"text": "x"}).status == 409
    desk.headers["X-Requested-With"] = "autosave"
    assert desk.post(f"{TASK}/save", {"text": "x"}).response.get_json() == {"saved": False}
    assert works(session) == [(1, "handed_in", TEXT)]


def test_a_stranger_cannot_write(desk: Browser, browser: Browser, session: Session, max_: Member) -> None:
    desk.open(f"{TASK}/")
    for verb in ("save", "hand-in"):
        assert browser.signed_in(max_).post(f"{TASK}/{verb}", {"text": TEXT}).status == 403
    assert works(session) == []


def test_only_tasks_are_handed_in(desk: Browser) -> None:
    for lesson in ("canal", "check", "nothing"):
        assert desk.post(f"/courses/{stage.SLUG}/water/{lesson}/hand-in", {"text": TEXT}).status == 404


def test_ana_does_not_see_lenas_work(desk: Browser, browser: Browser, session: Session, ana: Member) -> None:
    stage.enrol(session, ana)
    desk.post(f"{TASK}/hand-in", {"text": TEXT})
    assert TEXT not in browser.signed_in(ana).open(f"{TASK}/").source


def test_hostile_text_is_shown_as_text(desk: Browser) -> None:
    page = desk.post(f"{TASK}/hand-in", {"text": "<script>alert(1)</script> <img src=x onerror=alert(1)>"})
    assert "<script>alert" in page.text
    assert not page.all("main script, main img")


RUBRIC = Task(None, 60, (Criterion("a", "A", 4, ""), Criterion("b", "B", 6, "")))


@pytest.mark.parametrize(
    ("points", "score", "passes"),
    [
        ({}, 0, False),
        ({"a": 4, "b": 6}, 100, True),
        ({"a": 3, "b": 3}, 60, True),
        ({"a": 2, "b": 3}, 50, False),
        ({"a": 99, "b": 0}, 40, False),
        ({"a": -5, "b": 6}, 60, True),
        ({"z": 10}, 0, False),
    ],
)
def test_points_are_a_share_of_the_rubric(points: dict[str, int], score: int, passes: bool) -> None:
    assert (rules.score(RUBRIC, points), rules.passes(RUBRIC, points)) == (score, passes)
