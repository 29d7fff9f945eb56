"""Tariq marks: the queue, open answers, tasks, and what Lena hears of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.notices.models import Notice
from academy.people.models import Member
from courses.marking import queue
from courses.marking.queries import PAGE
from courses.progress.models import LessonRecord
from courses.quizzes.answers import Written
from courses.quizzes.models import AnswerRow, Attempt
from tests import makers
from tests.browser import Browser, Page
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON, TASK
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
QUEUE = "/teach/marking"


@pytest.fixture
def course(session: Session, lena: Member) -> None:
    """A course with an open question and a task, and Lena in it."""
    stage.publish(session, with_open=True)
    stage.enrol(session, lena)


def hand_in_quiz(desk: Browser, session: Session, text: str = "Both sides know something.") -> Page:
    page = desk.open(f"{LESSON}/").submit("Start the quiz")
    whole = stage.paper(session, stage.attempts(session)[-1])
    return page.submit("Hand in", **stage.right(whole, but={"why": Written(text)}))


def hand_in_task(desk: Browser, text: str = "My map has two villages.") -> Page:
    return desk.open(f"{TASK}/").submit("Hand in", text=text)


def open_first(trainer: Browser) -> Page:
    page = trainer.open(QUEUE)
    return trainer.open(str(page.all("main .list-row a")[0].attrs["href"]))


def record(session: Session, lena: Member, key: str) -> tuple[str, int | None]:
    session.expire_all()
    found = session.get_one(LessonRecord, (lena.id, stage.SLUG, key))
    session.commit()
    return found.state, found.score


@pytest.mark.usefixtures("course")
def test_an_open_answer_waits_and_its_learner_is_told_so(browser: Browser, session: Session, lena: Member) -> None:
    page = hand_in_quiz(browser.signed_in(lena), session)
    assert "Waiting for your trainer" in page.text
    assert "You have passed already." in page.text
    # Five of six questions are right already: that is more than the pass mark, whatever the trainer gives.
    assert record(session, lena, "water/check") == ("passed", 83)


@pytest.mark.usefixtures("course")
def test_a_blank_open_answer_waits_for_nobody(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    hand_in_quiz(browser.signed_in(lena), session, text=" ")
    assert "Nothing waits for marks." in browser.signed_in(tariq).open(QUEUE).text


@pytest.mark.usefixtures("course")
def test_while_a_trainer_reads_there_is_no_other_attempt(browser: Browser, session: Session, lena: Member) -> None:
    desk = browser.signed_in(lena)
    hand_in_quiz(desk, session)
    assert "A trainer is reading your last attempt." in desk.open(f"{LESSON}/").text
    assert desk.post(f"{LESSON}/attempt").status == 409


@pytest.mark.usefixtures("course")
def test_tariq_marks_and_lena_hears_of_it(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    desk = browser.signed_in(lena)
    hand_in_quiz(desk, session)
    page = open_first(browser.signed_in(tariq))
    assert page.heading == "Open answer of Lena"
    assert "Both sides know something." in page.text
    done = page.submit("Save the marks", percent="50", comment="Name *one* example.")
    assert done.heading == "Work that waits for you"
    assert "Nothing waits for marks." in done.text
    result = desk.open(f"{LESSON}/attempt/1/result")
    assert "91%" in result.text
    assert "Name one example." in result.text
    assert record(session, lena, "water/check") == ("passed", 91)
    notice = session.scalars(select(Notice)).one()
    assert (notice.member_id, notice.kind, notice.url) == (lena.id, "marked", f"{LESSON}/attempt/1/result")
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.action == "answer.marked")).all()


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("percent", ["", "-1", "101", "much", "1e3", "9" * 400])
def test_marks_are_whole_per_cent(
    browser: Browser, session: Session, lena: Member, tariq: Member, percent: str
) -> None:
    hand_in_quiz(browser.signed_in(lena), session)
    page = open_first(browser.signed_in(tariq)).submit("Save the marks", percent=percent, comment="Good.")
    assert page.status == 422
    assert "Good." in page.form("Save the marks").values["comment"]


@pytest.mark.usefixtures("course")
def test_of_two_trainers_the_second_is_told(
    browser: Browser, session: Session, lena: Member, tariq: Member, ada: Member
) -> None:
    hand_in_quiz(browser.signed_in(lena), session)
    first, second = open_first(browser.signed_in(tariq)), open_first(browser.signed_in(ada))
    first.submit("Save the marks", percent="80", comment="Good.")
    late = second.submit("Save the marks", percent="20", comment="A long comment of mine.")
    assert late.status == 409
    assert "Somebody else marked this answer in the meantime." in late.text
    assert "Tariq gave 80%" in late.text
    assert late.form("Save the marks").values["comment"] == "A long comment of mine."
    session.expire_all()
    assert session.scalars(select(AnswerRow.percent).where(AnswerRow.percent.is_not(None))).all() == [80]


@pytest.mark.usefixtures("course")
def test_a_slip_can_be_corrected(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    hand_in_quiz(browser.signed_in(lena), session)
    trainer = browser.signed_in(tariq)
    page = open_first(trainer)
    page.submit("Save the marks", percent="10", comment="")
    trainer.open(page.url).submit("Save the marks", percent="100", comment="")
    assert record(session, lena, "water/check") == ("passed", 100)


@pytest.mark.usefixtures("course")
def test_nobody_else_sees_the_queue_or_an_answer(
    browser: Browser, session: Session, lena: Member, max_: Member, mina: Member
) -> None:
    hand_in_quiz(browser.signed_in(lena), session)
    number = session.scalars(select(AnswerRow.id).where(AnswerRow.waiting_since.is_not(None))).one()
    session.commit()
    for who in (lena, max_, mina):
        for path in (QUEUE, f"{QUEUE}/answers/{number}", f"{QUEUE}/tasks/1"):
            assert browser.signed_in(who).open(path).status == 403


@pytest.mark.usefixtures("course")
def test_a_trainer_of_another_course_finds_nothing(browser: Browser, session: Session, lena: Member) -> None:
    hand_in_quiz(browser.signed_in(lena), session)
    hand_in_task(browser.signed_in(lena))
    number = session.scalars(select(AnswerRow.id).where(AnswerRow.waiting_since.is_not(None))).one()
    session.commit()
    other = browser.signed_in(makers.member(session, "Olga", roles=(("trainer", "course:another"),)))
    assert "Nothing waits for marks." in other.open(QUEUE).text
    for path in (f"{QUEUE}/answers/{number}", f"{QUEUE}/tasks/1"):
        assert other.open(path).status == 404
        assert other.post(path, {"percent": "1"}).status == 404


@pytest.mark.usefixtures("course")
def test_nobody_marks_their_own_work(browser: Browser, session: Session, tariq: Member) -> None:
    trainer = browser.signed_in(tariq)
    hand_in_quiz(trainer, session)
    number = session.scalars(select(AnswerRow.id).where(AnswerRow.waiting_since.is_not(None))).one()
    session.commit()
    assert "Nothing waits for marks." in trainer.open(QUEUE).text
    assert trainer.open(f"{QUEUE}/answers/{number}").status == 404


@pytest.mark.usefixtures("course")
def test_a_closed_answer_or_another_number_cannot_be_marked(
    browser: Browser, session: Session, lena: Member, tariq: Member
) -> None:
    hand_in_quiz(browser.signed_in(lena), session)
    closed = session.scalars(select(AnswerRow.id).where(AnswerRow.question_id == "year1992")).one()
    session.commit()
    trainer = browser.signed_in(tariq)
    for number in (closed, 999, 2**53, 2**80):
        assert trainer.open(f"{QUEUE}/answers/{number}").status == 404


@pytest.mark.usefixtures("course")
def test_the_queue_goes_on_page_by_page(
    browser: Browser, session: Session, tariq: Member, query_count: Counter
) -> None:
    many = [makers.member(session, f"Learner {number}") for number in range(PAGE + 2)]
    began = clock.now()
    for place, who in enumerate(many):
        add_waiting(session, who, place, began)
    session.commit()
    trainer = browser.signed_in(tariq)
    trainer.open(QUEUE)
    with query_count() as count:
        first = trainer.open(QUEUE)
    second = first.follow("Show more")
    names = [page.text.count("Learner") for page in (first, second)]
    assert names == [PAGE, 2]
    assert "Show more" not in second.text
    assert count.total == 4  # who asks, the courses, the queue, the messages nobody has read


def add_waiting(session: Session, who: Member, place: int, began: object) -> None:
    since = stage.BEGAN + timedelta(minutes=place // 3, microseconds=place // 2)
    attempt = Attempt(
        member_id=who.id,
        course_slug=stage.SLUG,
        lesson_key="water/check",
        number=1,
        edition=1,
        seed="x",
        state="handed_in",
        started_at=began,
        handed_in_at=since,
    )
    session.add(attempt)
    session.flush()
    row = AnswerRow(
        attempt_id=attempt.id, question_id="why", content={"text": "x"}, saved_at=since, waiting_since=since
    )
    session.add(row)


@pytest.mark.parametrize(
    "mark", ["x", "1-quizzes", "1-people-1", "1-quizzes-1-1", "9" * 99, "-1-quizzes-1", "1-quizzes-٣"]
)
def test_a_broken_bookmark_leads_nowhere(browser: Browser, tariq: Member, mark: str) -> None:
    assert browser.signed_in(tariq).open(f"{QUEUE}?after={mark}").status == 404


def test_a_bookmark_keeps_its_place_to_the_microsecond() -> None:
    place = queue.place_of("1767690000123457-tasks-12")
    assert place is not None
    assert place.since.microsecond == 123457


@pytest.mark.usefixtures("course")
def test_a_task_is_marked_by_its_rubric(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    desk = browser.signed_in(lena)
    hand_in_task(desk)
    assert record(session, lena, "water/map") == ("waiting", None)
    page = open_first(browser.signed_in(tariq))
    assert page.heading == "Work of Lena"
    assert "My map has two villages." in page.text
    page.submit("Give these marks", points_0="3", points_1="4", comment="Clear.", decision="mark")
    shown = desk.open(f"{TASK}/").text
    for words in ("Your trainer accepted your work.", "3 of 4", "4 of 6", "70%", "Clear."):
        assert words in shown
    assert record(session, lena, "water/map") == ("passed", 70)
    notice = session.scalars(select(Notice)).one()
    assert (notice.kind, notice.url) == ("task_marked", f"{TASK}/")


@pytest.mark.usefixtures("course")
def test_too_few_points_are_not_yet_enough(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    desk = browser.signed_in(lena)
    hand_in_task(desk)
    open_first(browser.signed_in(tariq)).submit(
        "Give these marks", points_0="2", points_1="3", comment="", decision="mark"
    )
    assert record(session, lena, "water/map") == ("failed", 50)
    page = desk.open(f"{TASK}/")
    assert "You have not reached the pass mark yet." in page.text
    assert page.form("Hand in").values["text"] == "My map has two villages."


@pytest.mark.usefixtures("course")
def test_work_sent_back_is_handed_in_again(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    desk, trainer = browser.signed_in(lena), browser.signed_in(tariq)
    hand_in_task(desk)
    page = open_first(trainer)
    mute = page.submit("Send back", comment="", decision="return")
    assert mute.status == 422
    page.submit("Send back", comment="Add the elders.", decision="return")
    assert "Add the elders." in desk.open(f"{TASK}/").text
    hand_in_task(desk, "Now with elders.")
    open_first(trainer).submit("Give these marks", points_0="4", points_1="6", comment="", decision="mark")
    assert record(session, lena, "water/map") == ("passed", 100)
    shown = desk.open(f"{TASK}/").text
    assert "Version 1" in shown
    assert "Version 2" in shown


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("points", [("", "1"), ("5", "1"), ("-1", "1"), ("x", "1"), ("9" * 99, "1")])
def test_points_outside_the_rubric_are_refused(
    browser: Browser, session: Session, lena: Member, tariq: Member, points: tuple[str, str]
) -> None:
    hand_in_task(browser.signed_in(lena))
    page = open_first(browser.signed_in(tariq)).submit(
        "Give these marks", points_0=points[0], points_1=points[1], comment="Kept.", decision="mark"
    )
    assert page.status == 422
    assert page.form("Give these marks").values["comment"] == "Kept."
    assert record(session, lena, "water/map") == ("waiting", None)


@pytest.mark.usefixtures("course")
def test_of_two_trainers_at_one_task_the_second_is_told(
    browser: Browser, session: Session, lena: Member, tariq: Member, ada: Member
) -> None:
    hand_in_task(browser.signed_in(lena))
    first, second = open_first(browser.signed_in(tariq)), open_first(browser.signed_in(ada))
    first.submit("Send back", comment="More.", decision="return")
    late = second.submit("Give these marks", points_0="4", points_1="6", comment="Fine by me.", decision="mark")
    assert late.status == 409
    assert "Tariq dealt with this work" in late.text
    assert late.form("Give these marks").values["comment"] == "Fine by me."
    assert record(session, lena, "water/map") == ("failed", None)
