"""Where the demo stays out, and learners for measurements."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import library
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonRecord
from tests.browser import Browser


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(arguments))
    return result.exit_code, result.output.strip()


def real(session: Session, who: Member) -> None:
    """Let somebody of the cast be no demo person."""
    who.is_demo = False
    session.commit()


def test_the_demo_never_stands_beside_real_people(app: Flask, session: Session, max_: Member) -> None:
    real(session, max_)
    code, said = run(app, "demo", "load")
    assert code == 1
    assert "There are people on this site already, so the demo people stay out; nothing was changed." in said
    assert run(app, "demo", "load", "--if-empty") == (0, "")
    assert session.scalars(select(Member.display_name)).all() == ["Max"]


@pytest.mark.usefixtures("session")
def test_the_demo_needs_the_courses(app: Flask) -> None:
    code, said = run(app, "demo", "load")
    assert code == 1
    assert "run flask courses import --bundled first" in said


def test_learners_for_measurements_are_added_at_every_stage(app: Flask, session: Session, tariq: Member) -> None:
    run(app, "courses", "import", "--bundled")
    live = library.live_course(session, "preventive-diplomacy")
    assert live is not None
    a_round = len(live.course.lessons) + 1
    session.rollback()
    assert run(app, "bench", "seed", "--learners", str(a_round))[0] == 0
    assert run(app, "bench", "seed", "--learners", "2")[0] == 0
    counts = [session.scalar(select(func.count()).select_from(each)) for each in (Enrolment, LessonRecord, Completion)]
    assert counts == [a_round + 2, a_round * (a_round - 1) // 2 + 1, 1]
    page = Browser(app, session).signed_in(tariq).open("/teach/preventive-diplomacy/")
    assert "Learner 17" in page.text


@pytest.mark.parametrize("asked", [("--posts", "5"), ("--topics", "5", "--posts", "4")])
def test_every_topic_has_a_post_and_every_post_a_topic(app: Flask, asked: tuple[str, ...]) -> None:
    code, said = run(app, "bench", "seed", *asked)
    assert code == 1
    assert "Every topic has a post, and every post a topic" in said
