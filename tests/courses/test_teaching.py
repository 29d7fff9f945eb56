"""The trainers' desk: who gets on, who is stuck and why, and a word to them."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.people.models import Member
from courses.progress.models import LessonRecord, LessonState
from courses.progress.queries import Standing
from courses.progress.rules import Done
from courses.quizzes.models import Attempt
from courses.teaching.models import Nudge
from courses.teaching.rules import Why, may_be_nudged, why_stuck
from tests.browser import Browser
from tests.courses import certified
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
BOARD = f"/teach/{certified.SLUG}/"
NOW = clock.now()
FAILED = Done(LessonState.FAILED, 40)


def standing(days: int, **done: Done) -> Standing:
    moment = NOW - timedelta(days=days)
    return Standing(moment, None, {key.replace("__", "/"): each for key, each in done.items()}, (moment,))


@pytest.mark.parametrize(
    ("how", "tries", "late", "complete", "why"),
    [
        (standing(1), {}, (), False, ()),
        (standing(11), {}, (), False, (Why.SILENT,)),
        (standing(11), {}, ("a/map",), True, ()),
        (standing(1), {}, ("a/map",), False, (Why.LATE,)),
        (standing(1, a__check=FAILED), {"a/check": 1}, (), False, ()),
        (standing(1, a__check=FAILED), {"a/check": 2}, (), False, (Why.WRONG,)),
        (standing(1, a__check=Done(LessonState.PASSED, 80)), {"a/check": 3}, (), False, ()),
        (standing(12, a__check=FAILED), {"a/check": 2}, ("a/map",), False, (Why.WRONG, Why.LATE, Why.SILENT)),
    ],
)
def test_who_is_stuck_and_why(
    how: Standing, tries: dict[str, int], late: tuple[str, ...], complete: bool, why: tuple[Why, ...]
) -> None:
    assert why_stuck(how, tries, late, complete=complete, now=NOW) == why


def test_nobody_is_nudged_twice_within_three_days() -> None:
    assert may_be_nudged(None, NOW)
    assert not may_be_nudged(NOW - timedelta(days=2), NOW)
    assert may_be_nudged(NOW - timedelta(days=3), NOW)


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member, lena: Member) -> Browser:
    """Tariq at a course that Lena takes."""
    certified.course(session)
    certified.learns(session, lena, done=certified.KEYS[:1])
    session.commit()
    return browser.signed_in(tariq)


def silence(session: Session, who: Member) -> None:
    long_ago = clock.now() - timedelta(days=30)
    session.execute(update(LessonRecord).where(LessonRecord.member_id == who.id).values(changed_at=long_ago))
    session.commit()


def in_vain(session: Session, who: Member, key: str, tries: int = 2) -> None:
    now = clock.now()
    for number in range(1, tries + 1):
        session.add(
            Attempt(
                member_id=who.id,
                course_slug=certified.SLUG,
                lesson_key=key,
                number=number,
                edition=1,
                seed="x",
                state="marked",
                started_at=now,
                handed_in_at=now,
                score=30,
                passed=False,
            )
        )
    record = {"course_slug": certified.SLUG, "lesson_key": key, "member_id": who.id, "edition": 1, "changed_at": now}
    session.merge(LessonRecord(state=LessonState.FAILED, score=30, **record))
    session.commit()


def test_the_board_shows_how_far_each_learner_is(desk: Browser) -> None:
    page = desk.open(BOARD)
    assert "Lena" in page.text
    assert f"1 of {len(certified.KEYS)}" in page.text


def test_a_silent_learner_is_found_under_silent_alone(desk: Browser, session: Session, lena: Member) -> None:
    silence(session, lena)
    assert "Lena" in desk.open(f"{BOARD}?why=silent").text
    assert "Nobody fits" in desk.open(f"{BOARD}?why=wrong").text
    assert "1 seems stuck" in desk.open("/teach/").text


def test_a_learner_who_tries_in_vain_is_found_under_wrong(desk: Browser, session: Session, lena: Member) -> None:
    in_vain(session, lena, certified.KEYS[-1])
    page = desk.open(f"{BOARD}?why=wrong")
    assert "Lena" in page.text
    assert "Tries a quiz in vain" in page.text
    assert "Nobody fits" in desk.open(f"{BOARD}?why=silent").text


def test_a_message_is_drafted_changed_and_read_by_the_learner_alone(
    desk: Browser, browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    silence(session, lena)
    page = desk.open(BOARD).follow("Lena")
    drafted = page.form("Send").values["text"]
    assert drafted.startswith("Hello Lena,")
    page = page.submit("Send", text=f"{drafted}\nCome to the talk on Friday.")
    assert "Sent. Lena is told" in page.notice
    notices = browser.signed_in(lena).open("/my/notices")
    assert "Tariq wrote to you about" in notices.text
    assert "Come to the talk on Friday." in browser.signed_in(lena).open(f"/my/words/{certified.SLUG}").text
    assert browser.signed_in(max_).open(f"/my/words/{certified.SLUG}").status == 404
    actions = session.scalars(select(AuditEntry.action)).all()
    session.rollback()
    assert "learner.nudged" in actions


def test_a_second_message_waits_three_days_and_what_was_typed_stays(desk: Browser, session: Session) -> None:
    opened = desk.open(BOARD).follow("Lena")
    desk.open(BOARD).follow("Lena").submit("Send", text="One.")
    page = opened.submit("Send", text="Two.")
    assert page.status == 422
    assert session.scalars(select(Nudge.text)).all() == ["One."]
    session.rollback()


def test_several_learners_get_one_message_each(desk: Browser, session: Session) -> None:
    others = certified.crowd(session, 2, done=())
    session.commit()
    ticked = [str(each.id) for each in others]
    page = desk.post(f"/teach/{certified.SLUG}/nudge", {"learner": ticked})
    assert "It goes to 2 learners" in page.text
    page.submit("Send", text="How are you?", learner=ticked)
    assert session.scalars(select(Nudge.member_id).order_by(Nudge.member_id)).all() == [each.id for each in others]
    session.rollback()


def test_nobody_ticked_is_said(desk: Browser) -> None:
    page = desk.open(BOARD).submit("Write to those I ticked")
    assert "Tick the learners" in page.notice


def test_a_stranger_to_the_course_is_not_written_to(desk: Browser, max_: Member) -> None:
    page = desk.post(f"/teach/{certified.SLUG}/nudge", {"learner": str(max_.id), "text": "Hello", "send": "yes"})
    assert "Tick the learners" in page.notice
    assert desk.open(f"/teach/{certified.SLUG}/learners/{max_.id}").status == 404


def test_the_board_is_taken_away_as_csv_without_a_formula(desk: Browser, session: Session, lena: Member) -> None:
    session.execute(update(Member).where(Member.id == lena.id).values(display_name="=HYPERLINK(1)"))
    session.commit()
    text = desk.post(f"/teach/{certified.SLUG}/learners.csv").response.get_data()
    assert text.startswith(b"\xef\xbb\xbfName,")
    assert b"'=HYPERLINK(1)" in text
    assert lena.email.encode() not in text


def test_the_workbook_holds_every_learner_and_every_lesson(desk: Browser, session: Session) -> None:
    certified.crowd(session, 3, done=certified.KEYS)
    session.commit()
    answer = desk.post(f"/teach/{certified.SLUG}/learners.xlsx").response
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.get_data())).get_sheet_by_index(0).to_python()
    assert len(sheet) == 1 + 4
    assert len(sheet[0]) == 7 + len(certified.KEYS)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_filter_narrows_what_is_taken_away(desk: Browser, session: Session, lena: Member) -> None:
    certified.crowd(session, 2, done=())
    session.commit()
    silence(session, lena)
    rows = desk.post(f"/teach/{certified.SLUG}/learners.csv?why=silent").response.get_data(as_text=True).splitlines()
    assert [row.partition(",")[0] for row in rows[1:]] == ["Lena"]


def test_the_board_asks_as_much_for_many_as_for_few(desk: Browser, session: Session, query_count: Counter) -> None:
    desk.open(BOARD)
    with query_count() as few:
        desk.open(BOARD)
    certified.crowd(session, 60, done=certified.KEYS[:1])
    session.commit()
    with query_count() as many:
        page = desk.open(BOARD)
    assert "Show more" in page.text
    assert few.total == many.total <= 9


def test_the_desk_shows_courses_never_published_and_where_to_begin_one(desk: Browser, tariq: Member) -> None:
    new = {"title": "Early warning", "slug": "early-warning", "summary": "See it coming.", "language": "en"}
    desk.open("/teach/").follow("Begin a new course").submit("Begin the course", level="advanced", hours="3", **new)
    page = desk.open("/teach/")
    assert "Early warning" in page.text
    assert "Not published yet" in page.text
    assert tariq.id
