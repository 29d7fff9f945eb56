"""A key is corrected after attempts: the trainer sees whom it concerns, marks again at once, nobody loses a pass."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.jobs import running
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.models import Member
from courses.authoring import service as authoring
from courses.catalogue import library
from courses.progress.models import LessonRecord
from courses.quizzes import remarking
from courses.quizzes.answers import Picks, Written
from courses.quizzes.models import AnswerRow, Attempt, AttemptState, Remarking
from tests import makers
from tests.browser import Browser, Page, words
from tests.courses import publishing_stage as publishing
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON, QUIZ_FILE
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
KEYS = f"/teach/{stage.SLUG}/questions/keys"
PREVIEW = f"{KEYS}?quiz=water/check"
UPPER = Picks(frozenset({0}))
WRONG_YEAR = Written("1900")
OLD = "- [ ] The upper village\n  > FEEDBACK-UPPER\n- [x] Nobody: a bank fell"
NEW = "- [x] The upper village\n  > FEEDBACK-UPPER\n- [ ] Nobody: a bank fell"


def corrected(text: str = "", old: str = OLD, new: str = NEW) -> dict[str, str]:
    """The quiz with another key."""
    found = (text or stage.quiz_text()).replace(old, new)
    assert found != (text or stage.quiz_text())
    return {QUIZ_FILE: found}


def take(browser: Browser, session: Session, who: Member, **but: Picks | Written) -> Page:
    """Hand in an attempt that is right but for these questions."""
    page = browser.signed_in(who).open(f"{LESSON}/")
    page = page.submit("Try again" if "Try again" in page.text else "Start the quiz")
    return page.submit("Hand in", **stage.right(stage.paper(session, stage.attempts(session)[-1]), but=but))


@pytest.fixture
def taken(browser: Browser, session: Session, lena: Member, ana: Member) -> Browser:
    """Lena failed by the old key, with 60 %; Ana passed by it, with 80 %."""
    stage.publish(session)
    stage.enrol(session, lena, ana)
    take(browser, session, lena, bankfell=UPPER, year1992=WRONG_YEAR)
    take(browser, session, ana, year1992=WRONG_YEAR)
    return browser


def scores(session: Session) -> list[tuple[int | None, bool | None]]:
    return [(each.score, each.passed) for each in stage.attempts(session)]


def told(session: Session) -> list[tuple[int, object]]:
    found = session.scalars(select(Notice).where(Notice.kind == "remarked").order_by(Notice.id)).all()
    session.rollback()
    return [(each.member_id, each.values["passed"]) for each in found]


def test_publishing_says_how_many_attempts_a_changed_key_concerns(
    taken: Browser, session: Session, tariq: Member
) -> None:
    authoring.begin(session, slug=stage.SLUG, now=makers.LONG_AGO)
    session.commit()
    publishing.write(session, tariq, {**corrected()})
    page = taken.signed_in(tariq).open(f"/teach/{stage.SLUG}/publish")
    assert "2 attempts that were marked by a key which this changes" in page.text


def test_a_change_of_words_concerns_nobody(taken: Browser, session: Session, tariq: Member) -> None:
    stage.publish(session, changes=corrected(old="EXPLAIN-ONE", new="Explained anew."))
    assert "Every answer is marked by the keys as they are" in taken.signed_in(tariq).open(KEYS).text


def test_the_trainer_sees_whom_it_concerns_before_anything_is_done(
    taken: Browser, session: Session, tariq: Member
) -> None:
    stage.publish(session, changes=corrected())
    page = taken.signed_in(tariq).open(f"/teach/{stage.SLUG}/questions/")
    assert "2 attempts were marked by a key that has changed since" in page.text
    page = page.follow("See whom it concerns").follow("Check")
    assert "1 attempt passes by the new key" in page.text
    assert "1 attempt keeps what it passed with" in page.text
    assert "edition 1: Nobody: a bank fell" in page.text
    assert [" ".join(row) for row in cells(page)] == [
        "Lena 1 60% 80% Passes now",
        "Ana 1 80% 80% Stays passed; the new key alone would give 60%",
    ]
    assert scores(session) == [(60, False), (80, True)], "looking changes nothing"


def cells(page: Page) -> list[list[str]]:
    return [[words(cell) for cell in row.query("th, td")] for row in page.all("tbody tr") if len(row.query("td")) == 4]


def test_marked_again_in_one_step_and_nobody_loses_a_pass(
    taken: Browser, session: Session, tariq: Member, lena: Member, ana: Member
) -> None:
    stage.publish(session, changes=corrected())
    page = taken.signed_in(tariq).open(PREVIEW).submit("Mark 2 attempts again")
    assert "2 attempts were marked again. 1 has another result" in page.notice
    assert scores(session) == [(80, True), (80, True)]
    assert told(session) == [(lena.id, True)], "Ana's result is the same"
    record = session.get_one(LessonRecord, (lena.id, stage.SLUG, "water/check"))
    assert (record.state, record.score) == ("passed", 80)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "answers.marked_again")).one()
    assert entry.detail == "water/check, key of edition 2: 2"
    session.rollback()
    hers = taken.signed_in(lena)
    assert "you have passed now" in hers.open("/my/notices").text
    result = hers.open(f"{LESSON}/attempt/1/result").text
    assert "because the key of question" in result
    assert "Your score was 60% and is 80% now: you have passed." in result
    assert "what you passed stays passed" in taken.signed_in(ana).open(f"{LESSON}/attempt/1/result").text


def test_the_result_is_explained_by_the_key_that_marked_it(
    taken: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    stage.publish(session, changes=corrected(corrected()[QUIZ_FILE], "EXPLAIN-ONE", "EXPLAINED-ANEW"))
    assert "EXPLAIN-ONE" in taken.signed_in(lena).open(f"{LESSON}/attempt/1/result").text
    taken.signed_in(tariq).open(PREVIEW).submit("Mark 2 attempts again")
    assert "EXPLAINED-ANEW" in taken.signed_in(lena).open(f"{LESSON}/attempt/1/result").text


def test_who_left_the_question_out_keeps_the_score_and_reads_the_new_key(
    taken: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    hers = stage.attempts(session)[0]
    session.execute(delete(AnswerRow).where(AnswerRow.attempt_id == hers.id, AnswerRow.question_id == "bankfell"))
    session.commit()
    stage.publish(session, changes=corrected(corrected()[QUIZ_FILE], "EXPLAIN-ONE", "EXPLAINED-ANEW"))
    taken.signed_in(tariq).open(PREVIEW).submit("Mark 1 attempt again")
    assert scores(session) == [(60, False), (80, True)]
    result = taken.signed_in(lena).open(f"{LESSON}/attempt/1/result").text
    assert "EXPLAINED-ANEW" in result
    assert "Marked again" not in result


def test_done_twice_is_done_once(taken: Browser, session: Session, tariq: Member) -> None:
    stage.publish(session, changes=corrected())
    page = taken.signed_in(tariq).open(PREVIEW)
    page.submit("Mark 2 attempts again")
    again = page.submit("Mark 2 attempts again")
    assert "No answer is marked by an old key any more" in again.notice
    assert len(told(session)) == 1
    assert len(session.scalars(select(Remarking)).all()) == 1


def test_of_two_trainers_at_once_one_marks(app: Flask, taken: Browser, session: Session, tariq: Member) -> None:
    stage.publish(session, changes=corrected())
    page = taken.signed_in(tariq).open(PREVIEW)
    session.add(
        Remarking(
            course_slug=stage.SLUG, lesson_key="water/check", edition=2, questions="", total=2, began_at=clock.now()
        )
    )
    session.commit()
    assert "Somebody else has just begun" in page.submit("Mark 2 attempts again").notice
    assert scores(session) == [(60, False), (80, True)]
    with app.app_context():
        running.run_due(clock.now())
    assert scores(session) == [(80, True), (80, True)], "a run that was left is taken up again"


def test_a_key_that_changed_again_meanwhile_is_looked_at_first(taken: Browser, session: Session, tariq: Member) -> None:
    stage.publish(session, changes=corrected())
    page = taken.signed_in(tariq).open(PREVIEW)
    stage.publish(session, changes=corrected(old="= 1992", new="= 1900"))
    assert "Another edition was published" in page.submit("Mark 2 attempts again").notice
    assert scores(session) == [(60, False), (80, True)]


def test_many_are_marked_by_the_worker_some_at_a_time(
    app: Flask, taken: Browser, session: Session, tariq: Member, lena: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remarking, "FEW", 1)
    monkeypatch.setattr(remarking, "AT_ONCE", 1)
    stage.publish(session, changes=corrected())
    page = taken.signed_in(tariq).open(PREVIEW).submit("Mark 2 attempts again")
    assert "2 attempts are being marked again" in page.notice
    assert "0 of 2 attempts are marked again" in page.text
    assert scores(session) == [(60, False), (80, True)]
    with app.app_context():
        running.run_due(clock.now())
    assert scores(session) == [(80, True), (80, True)]
    assert told(session) == [(lena.id, True)]
    run = session.scalars(select(Remarking)).one()
    assert (run.done, run.changed, run.ended_at is not None) == (2, 1, True)
    session.rollback()
    assert "2 attempts were marked again" in taken.signed_in(tariq).open(KEYS).text


def test_a_worker_that_died_in_between_goes_on_where_it_was(
    app: Flask, taken: Browser, session: Session, tariq: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remarking, "FEW", 1)
    monkeypatch.setattr(remarking, "AT_ONCE", 1)
    stage.publish(session, changes=corrected())
    taken.signed_in(tariq).open(PREVIEW).submit("Mark 2 attempts again")
    with app.app_context():
        run = session.scalars(select(Remarking)).one()
        live = library.live_course(session, stage.SLUG)
        assert live is not None
        assert remarking.go_on(session, run, live, clock.now()), "there is more"
        session.commit()
        running.run_due(clock.now())
    session.expire_all()
    assert (run.done, run.ended_at is not None) == (2, True)
    assert scores(session) == [(80, True), (80, True)]


def test_an_open_attempt_is_marked_by_the_new_key_when_it_is_handed_in(
    taken: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    phone = taken.signed_in(lena)
    page = phone.open(f"{LESSON}/").submit("Try again")
    fields = stage.right(stage.paper(session, stage.attempts(session)[-1]), but={"bankfell": UPPER})
    phone.post(f"{LESSON}/attempt/2/save", fields)
    stage.publish(session, changes=corrected())
    taken.signed_in(tariq).open(PREVIEW).submit("Mark 2 attempts again")
    page.submit("Hand in", **fields)
    assert scores(session)[-1] == (100, True)


def test_whoever_could_choose_one_is_right_with_any_that_is_right_now(
    taken: Browser, session: Session, tariq: Member
) -> None:
    stage.publish(session, changes=corrected(new=OLD.replace("[ ]", "[x]")))
    taken.signed_in(tariq).open(PREVIEW).submit("Mark 2 attempts again")
    assert scores(session) == [(80, True), (80, True)]


def test_a_question_that_asks_something_else_leaves_its_answers_alone(
    taken: Browser, session: Session, tariq: Member
) -> None:
    stage.publish(session, changes=corrected(corrected()[QUIZ_FILE], "Who shut the gate?", "Who opened the gate?"))
    page = taken.signed_in(tariq).open(PREVIEW)
    assert "There is nothing to mark again in this quiz" in page.text
    assert "It is asked in other words now" in page.text


def test_a_lower_score_never_passes_backwards_when_a_trainer_marks_the_rest(
    browser: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    stage.publish(session, with_open=True)
    stage.enrol(session, lena)
    take(browser, session, lena)
    assert scores(session) == [(83, True)], "five of six are right, the text waits"
    stage.publish(session, changes=corrected(stage.quiz_text(with_open=True)))
    browser.signed_in(tariq).open(PREVIEW).submit("Mark 1 attempt again")
    assert scores(session) == [(83, True)]
    assert stage.attempts(session)[0].state == AttemptState.HANDED_IN
    browser.signed_in(tariq).open("/teach/marking").submit("Mark the next one").submit("Save", percent="0", comment="")
    assert scores(session) == [(83, True)]


def test_the_export_tells_that_answers_were_marked_again(
    app: Flask, taken: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    stage.publish(session, changes=corrected())
    taken.signed_in(tariq).open(PREVIEW).submit("Mark 2 attempts again")
    with app.app_context():
        known = data_rights.export(session, lena.id)["quizzes"]["attempts"]
    assert known[0]["marked_again"][0]["questions"] == ["bankfell"]
    assert (known[0]["marked_again"][0]["score_before"], known[0]["marked_again"][0]["score_after"]) == (60, 80)


def test_the_pages_ask_as_much_for_many_attempts_as_for_few(
    taken: Browser, session: Session, tariq: Member, query_count: Counter
) -> None:
    stage.publish(session, changes=corrected())
    pages = taken.signed_in(tariq)
    pages.open(PREVIEW)
    with query_count() as few:
        pages.open(KEYS)
        pages.open(PREVIEW)
    failed = stage.attempts(session)[0]
    for turn in range(5):
        copied(session, failed, makers.member(session, f"Learner {turn}"))
    with query_count() as many:
        pages.open(KEYS)
        assert "6 attempts pass by the new key" in pages.open(PREVIEW).text
    assert few.total == many.total <= 18


def copied(session: Session, attempt: Attempt, who: Member) -> None:
    """The same attempt by somebody else."""
    rows = session.scalars(select(AnswerRow).where(AnswerRow.attempt_id == attempt.id)).all()
    names = ("course_slug", "lesson_key", "number", "edition", "handed_in_at", "score", "seed", "state", "started_at")
    made = Attempt(member_id=who.id, deadline=None, passed=False, **{name: getattr(attempt, name) for name in names})
    session.add(made)
    session.flush()
    for row in rows:
        kept = AnswerRow(attempt_id=made.id, question_id=row.question_id, content=row.content, saved_at=row.saved_at)
        session.add(kept)
    session.commit()
