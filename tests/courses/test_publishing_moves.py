"""Lessons that move or end: what learners did follows, old addresses lead on or say so, the better of two stands."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import moves
from courses.enrolment import service as enrolment
from courses.enrolment.models import Enrolment
from courses.progress.models import LessonRecord, LessonState
from courses.progress.queries import standing_of
from courses.quizzes.models import Attempt, AttemptState
from courses.tasks.models import Work, WorkState
from tests import makers
from tests.browser import Browser
from tests.courses.publishing_stage import COURSE, PUBLISH, QUIZ, SLUG, TASK, begin, live, text, write

OLD_QUIZ, NEW_QUIZ = "water/check", "talk/check"
BOTH = "moved: {water/check: talk/check, water/map: talk/map}"
OLD_TASK, NEW_TASK = "water/map", "talk/map"


@pytest.fixture
def lenas(browser: Browser, session: Session, tariq: Member, lena: Member) -> Browser:
    """Lena, who has a place in the course and read its first lesson."""
    begin(session, tariq)
    enrolment.enrol(session, live=live(session), member_id=lena.id, way="open", now=makers.LONG_AGO)
    session.commit()
    lenas = browser.signed_in(lena)
    lenas.post(f"/courses/{SLUG}/water/canal/done")
    return lenas


def move(session: Session, browser: Browser, tariq: Member) -> None:
    """Publish an edition in which the quiz and the task stand in another module."""
    write(
        session,
        tariq,
        {
            COURSE: text(COURSE).replace(
                "retired: [old-module/old-lesson]", f"retired: [old-module/old-lesson]\n{BOTH}"
            ),
            QUIZ: None,
            TASK: None,
            "02-talk/module.md": "---\ntitle: Talk\nsummary: Talk.\n---\n",
            "02-talk/01-check.md": text(QUIZ).replace("01-canal.md", "../01-water/01-canal.md"),
            "02-talk/02-map.md": text(TASK),
            "01-water/01-canal.md": text("01-water/01-canal.md").replace("(02-check.md)", "(../02-talk/01-check.md)"),
        },
    )
    browser.signed_in(tariq).open(PUBLISH).submit("Publish edition 2")


def test_what_was_done_goes_with_the_lesson(lenas: Browser, session: Session, tariq: Member, lena: Member) -> None:
    opened = lenas.post(f"/courses/{SLUG}/water/check/attempt")
    lenas.post(f"/courses/{SLUG}/{OLD_TASK}/hand-in", {"text": "My map has two villages."})
    page = lenas.signed_in(tariq).open(PUBLISH)
    assert "open attempts at quizzes" not in page.text  # nothing changes yet
    move(session, lenas, tariq)
    attempt, work = session.scalars(select(Attempt)).one(), session.scalars(select(Work)).one()
    record = session.scalars(select(LessonRecord).where(LessonRecord.lesson_key == NEW_TASK)).one()
    session.commit()
    assert (attempt.lesson_key, attempt.state, attempt.edition) == (NEW_QUIZ, AttemptState.OPEN, 1)
    assert (work.lesson_key, record.state) == (NEW_TASK, LessonState.WAITING)
    gone_on = lenas.open(opened.url)
    assert gone_on.url == f"/courses/{SLUG}/{NEW_QUIZ}/attempt/1"
    done = gone_on.submit("Hand in")
    assert done.url.startswith(f"/courses/{SLUG}/{NEW_QUIZ}/attempt/1/")
    assert done.status == 200
    standing = standing_of(session, lena.id, SLUG)
    session.commit()
    assert standing is not None
    assert set(standing.done) == {"water/canal", NEW_QUIZ, NEW_TASK}


def test_an_answer_sent_to_the_old_address_arrives(lenas: Browser, session: Session, tariq: Member) -> None:
    opened = lenas.post(f"/courses/{SLUG}/water/check/attempt")
    values = opened.form("Hand in").values
    move(session, lenas, tariq)
    answer = lenas.client.post(opened.url, data=values)
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith(f"/courses/{SLUG}/{NEW_QUIZ}/attempt/1")
    assert lenas.client.post(answer.headers["Location"], data=values).status_code == 303
    assert session.scalars(select(Attempt.state)).one() == AttemptState.MARKED


def test_old_addresses_lead_to_the_new_ones(lenas: Browser, session: Session, tariq: Member) -> None:
    move(session, lenas, tariq)
    answer = lenas.client.get(f"/courses/{SLUG}/{OLD_QUIZ}/?from=mail")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/courses/{SLUG}/{NEW_QUIZ}/?from=mail")
    assert lenas.open(f"/courses/{SLUG}/{OLD_TASK}/").heading == "A map"
    changes = lenas.open(f"/courses/{SLUG}/changes?since=1")
    assert "No longer part of the course" not in changes.text


def test_a_lesson_that_ended_says_so(lenas: Browser, session: Session, tariq: Member, lena: Member) -> None:
    lenas.post(f"/courses/{SLUG}/{OLD_TASK}/hand-in", {"text": "My map has two villages."})
    write(session, tariq, {TASK: None, COURSE: text(COURSE).replace("[old-", "[water/map, old-")})
    page = lenas.signed_in(tariq).open(PUBLISH)
    assert "“A map” ends. Its address will say so, and what learners did there is kept. 1 member" in page.text
    page.submit("Publish edition 2")
    gone = lenas.open(f"/courses/{SLUG}/{OLD_TASK}/")
    assert (gone.status, gone.heading) == (410, "This lesson is no longer part of the course")
    assert gone.follow("Go to the course").heading == "First steps"
    assert lenas.open(f"/courses/{SLUG}/water/never/").status == 404
    assert session.scalars(select(Work.lesson_key)).one() == OLD_TASK
    standing = standing_of(session, lena.id, SLUG)
    session.commit()
    assert standing is not None
    assert OLD_TASK in standing.done


def test_a_lesson_that_vanished_without_a_word_says_so_too(lenas: Browser, session: Session, tariq: Member) -> None:
    write(session, tariq, {TASK: None})
    lenas.signed_in(tariq).open(PUBLISH).submit("Publish edition 2")
    assert lenas.open(f"/courses/{SLUG}/{OLD_TASK}/").status == 410


def record(session: Session, who: Member, key: str, state: LessonState, score: int | None, hour: int) -> None:
    made = LessonRecord(
        member_id=who.id,
        course_slug=SLUG,
        lesson_key=key,
        state=state,
        score=score,
        edition=1,
        changed_at=makers.LONG_AGO.replace(hour=hour),
    )
    session.add(made)
    session.commit()


def follow(lenas: Browser, session: Session) -> None:
    with lenas.app.app_context():
        moves.follow(session, SLUG, {OLD_QUIZ: NEW_QUIZ, OLD_TASK: NEW_TASK})
        session.commit()


@pytest.mark.parametrize(
    ("old", "new", "stands"),
    [
        ((LessonState.PASSED, 90), (LessonState.FAILED, 20), (LessonState.PASSED, 90)),
        ((LessonState.FAILED, 60), (LessonState.PASSED, 80), (LessonState.PASSED, 80)),
        ((LessonState.FAILED, 60), (LessonState.FAILED, 30), (LessonState.FAILED, 60)),
        ((LessonState.PASSED, None), (LessonState.WAITING, None), (LessonState.PASSED, None)),
    ],
)
def test_of_two_records_the_better_stands_however_often_it_is_asked(
    lenas: Browser,
    session: Session,
    lena: Member,
    old: tuple[LessonState, int | None],
    new: tuple[LessonState, int | None],
    stands: tuple[LessonState, int | None],
) -> None:
    record(session, lena, OLD_QUIZ, *old, hour=9)
    record(session, lena, NEW_QUIZ, *new, hour=10)
    for _ in range(2):
        follow(lenas, session)
    found = session.scalars(select(LessonRecord).where(LessonRecord.lesson_key.in_((OLD_QUIZ, NEW_QUIZ)))).one()
    assert (found.lesson_key, found.state, found.score) == (NEW_QUIZ, *stands)


def test_attempts_and_works_under_both_keys_are_all_kept(lenas: Browser, session: Session, lena: Member) -> None:
    for key in (OLD_QUIZ, NEW_QUIZ):
        session.add(
            Attempt(
                member_id=lena.id,
                course_slug=SLUG,
                lesson_key=key,
                number=1,
                edition=1,
                seed="00" * 16,
                state=AttemptState.MARKED,
                started_at=makers.LONG_AGO,
                handed_in_at=makers.LONG_AGO,
                score=50,
                passed=False,
            )
        )
    for key in (OLD_TASK, NEW_TASK):
        session.add(
            Work(
                member_id=lena.id,
                course_slug=SLUG,
                lesson_key=key,
                number=1,
                edition=1,
                state=WorkState.DRAFT,
                text=f"Written under {key}",
                saved_at=makers.LONG_AGO,
            )
        )
    session.commit()
    for _ in range(2):
        follow(lenas, session)
    assert set(session.scalars(select(Attempt.number).where(Attempt.lesson_key == NEW_QUIZ))) == {1, 2}
    works = session.scalars(select(Work).order_by(Work.number)).all()
    assert [(work.lesson_key, work.number, work.state) for work in works] == [
        (NEW_TASK, 1, WorkState.DRAFT),
        (NEW_TASK, 2, WorkState.RETURNED),
    ]
    assert {work.text for work in works} == {f"Written under {OLD_TASK}", f"Written under {NEW_TASK}"}


def test_a_later_day_for_one_learner_goes_with_the_lesson(lenas: Browser, session: Session) -> None:
    place = session.scalars(select(Enrolment)).one()
    place.extensions = {
        OLD_QUIZ: "2026-12-20T18:59:59+00:00",
        NEW_QUIZ: "2026-12-10T18:59:59+00:00",
        OLD_TASK: "2026-12-11T18:59:59+00:00",
        "water/canal": "2026-12-01T18:59:59+00:00",
    }
    session.commit()
    for _ in range(2):
        follow(lenas, session)
    session.expire_all()
    assert session.scalars(select(Enrolment)).one().extensions == {
        NEW_QUIZ: "2026-12-20T18:59:59+00:00",
        NEW_TASK: "2026-12-11T18:59:59+00:00",
        "water/canal": "2026-12-01T18:59:59+00:00",
    }
