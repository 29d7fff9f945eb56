"""The trainers' pages with 5,000 learners of a course of 40 lessons and 10,000 pieces of work that wait."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select, text
from sqlalchemy.orm import Session

from academy import clock, db
from academy.db import Base
from academy.people import presence
from academy.people.models import ACTIVE, Member, RoleGrant
from academy.settings import from_environment
from benchmarks.site import cookie_of
from courses.catalogue import library, service
from courses.catalogue.library import LiveCourse
from courses.cohorts.models import Cohort, CohortMember
from courses.demo import bench
from courses.progress.models import LessonRecord, LessonState
from courses.quizzes.models import AnswerRow, Attempt
from courses.tasks.models import Work
from wsgi import create_app

SLUG, LEARNERS, LESSONS, WAITING, COHORTS, ROUNDS = "long-course", 5000, 40, 10_000, 60, 9
BUDGET, LAST = 150, 9
PAGES = {
    "board, first screen": f"/teach/{SLUG}/",
    "board, silent": f"/teach/{SLUG}/?why=silent",
    "board, tries in vain": f"/teach/{SLUG}/?why=wrong",
    "board, past the day": f"/teach/{SLUG}/?why=late",
    "board, one cohort": f"/teach/{SLUG}/?cohort=1",
    "board, a name": f"/teach/{SLUG}/?q=learner+49",
    "teaching": "/teach/",
    "marking queue": "/teach/marking",
    "marking queue, one lesson": f"/teach/marking?course={SLUG}&lesson=part-1/check-5",
    "question statistics": f"/teach/{SLUG}/questions/?quiz=part-1/check-5",
}
COURSE = """---
title: A long course
summary: Forty lessons.
language: en
level: introductory
hours: 40
topics: [mediation]
outcomes:
  - Read on
enrolment: open
status: published
completion:
  lessons: 100
  quizzes: 75
  tasks: all
---
Begin.
"""
READING = "---\ntitle: Lesson {0}\nsummary: Number {0}.\n---\n## A heading\n\nSome words to read.\n"
QUIZ = """---
kind: quiz
title: Check {0}
summary: Two questions.
pass: 75
---
## Which is right? {{#one}}

- [x] This one
- [ ] That one

## Why? {{#why}}

= open: 50 words
"""
TASK = """---
kind: task
title: Task {0}
summary: Write.
words: 300
due: 30 days
pass: 60
rubric:
  - id: clear
    title: Clear
    points: 10
    text: It can be understood.
---
Write it.
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one page cost: CPU of this process and time of the clock in milliseconds, queries, kilobytes."""

    cpu: float
    clock: float
    queries: int
    kilobytes: float


def files() -> dict[str, bytes]:
    """A course of forty lessons: six quizzes and four tasks among them."""
    texts = {"course.md": COURSE}
    for number in range(LESSONS):
        part, place = divmod(number, 10)
        folder = f"{part + 1:02}-part-{part + 1}"
        texts[f"{folder}/module.md"] = f"---\ntitle: Part {part + 1}\nsummary: Ten lessons.\n---\n"
        kind, words = ("check", QUIZ) if number in {5, 15, 25, 35, 18, 28} else ("lesson", READING)
        kind, words = ("task", TASK) if place == LAST else (kind, words)
        texts[f"{folder}/{place + 1:02}-{kind}-{number}.md"] = words.format(number)
    return {path: words.encode() for path, words in texts.items()}


@contextmanager
def site(database_url: str = "") -> Iterator[tuple[Flask, str]]:
    """The seeded site and the cookie of its trainer."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"ACADEMY_INSTANCE": folder, "ACADEMY_DATABASE_URL": database_url}
        app = create_app(from_environment({name: value for name, value in environment.items() if value}))
        Path(folder).mkdir(exist_ok=True)
        Base.metadata.create_all(app.extensions["academy.database"].engine)
        with app.app_context(), db.the_database().transaction() as session:
            cookie = cookie_of(app, _seeded(session, clock.now()))
        yield app, cookie


def _seeded(session: Session, now: datetime) -> str:
    service.publish(session, slug=SLUG, files=files(), by=None, now=now)
    live = library.live_course(session, SLUG)
    if live is None:
        raise RuntimeError(SLUG)
    for numbers in bench.portions(session, LEARNERS):
        bench.add(session, live=live, numbers=numbers, now=now)
    ids = list(session.scalars(select(Member.id).order_by(Member.id)))
    _cohorts(session, ids, now)
    _failures(session, live, ids, now)
    _waiting(session, live, ids, now)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE"))  # what the server does by itself within a minute
    return _trainer(session, now)


def _cohorts(session: Session, ids: list[int], now: datetime) -> None:
    day = now.date()
    names = [{"name": f"Intake {number}"} for number in range(1, COHORTS + 1)]
    common = {"course_slug": SLUG, "year": day.year, "starts_on": day, "ends_on": day, "created_at": now}
    session.execute(insert(Cohort), [{**common, **each} for each in names])
    cohorts = list(session.scalars(select(Cohort.id).order_by(Cohort.id)))
    places = [
        {"cohort_id": cohorts[turn % COHORTS], "member_id": each, "added_at": now} for turn, each in enumerate(ids)
    ]
    session.execute(insert(CohortMember), places)


def _failures(session: Session, live: LiveCourse, ids: list[int], now: datetime) -> None:
    """Every seventh learner failed the last quiz twice."""
    failed = {"course_slug": SLUG, "lesson_key": "part-4/check-35", "edition": live.edition_number}
    whole = set(session.scalars(select(LessonRecord.member_id).where(LessonRecord.lesson_key == failed["lesson_key"])))
    those = [each for each in ids[::7] if each not in whole]
    records = [
        {**failed, "member_id": each, "state": LessonState.FAILED, "score": 0, "changed_at": now} for each in those
    ]
    session.execute(insert(LessonRecord), records)
    tries = {**failed, "seed": "x", "state": "marked", "score": 0, "passed": False, "started_at": now}
    attempts = [
        {**tries, "member_id": each, "number": number, "handed_in_at": now, "deadline": None}
        for each in those
        for number in (1, 2)
    ]
    session.execute(insert(Attempt), attempts)


def _waiting(session: Session, live: LiveCourse, ids: list[int], now: datetime) -> None:
    """Half of what waits are open answers, half are works."""
    half = WAITING // 2
    common = {"course_slug": SLUG, "edition": live.edition_number, "number": 1}
    handed = {**common, "lesson_key": "part-1/check-5", "seed": "x", "state": "handed_in", "score": 50}
    attempts = [
        {
            **handed,
            "member_id": each,
            "started_at": now,
            "handed_in_at": now - timedelta(minutes=turn),
            "deadline": None,
        }
        for turn, each in enumerate(ids[:half])
    ]
    session.execute(insert(Attempt), attempts)
    rows = session.execute(
        select(Attempt.id, Attempt.handed_in_at).where(Attempt.lesson_key == handed["lesson_key"])
    ).all()
    kept = [
        {"attempt_id": row.id, "saved_at": now, "question_id": "one", "content": {"picks": [row.id % 2]}}
        for row in rows
    ]
    waits = {"saved_at": now, "question_id": "why", "content": {"text": "Because of the water."}}
    kept_open = [{**waits, "attempt_id": row.id, "waiting_since": row.handed_in_at} for row in rows]
    session.execute(insert(AnswerRow), kept)
    session.execute(insert(AnswerRow), kept_open)
    work = {**common, "lesson_key": "part-1/task-9", "state": "handed_in", "text": "A text.", "saved_at": now}
    works = [
        {**work, "member_id": each, "handed_in_at": now - timedelta(minutes=turn)}
        for turn, each in enumerate(ids[:half])
    ]
    session.execute(insert(Work), works)


def _trainer(session: Session, now: datetime) -> str:
    trainer = Member(
        email="t@example.org",
        email_key="t@example.org",
        password_hash="",
        display_name="Trainer",
        state=ACTIVE,
        created_at=now,
        confirmed_at=now,
    )
    session.add(trainer)
    session.flush()
    session.add(RoleGrant(member_id=trainer.id, role="trainer", scope=f"course:{SLUG}", granted_at=now))
    return presence.begin(session, member_id=trainer.id, now=now, device="bench", second_factor=True, staff=True)


def spent(app: Flask, client: FlaskClient, path: str, cookie: str) -> Spent:
    """One page, opened some times: the median of each figure."""
    database, count = app.extensions["academy.database"], [0]

    def counted(*arguments: object) -> None:
        count[0] += str(arguments[2]).startswith(("SELECT", "WITH"))

    engines = {database.engine, database.pages}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", counted)
    found = []
    for _ in range(ROUNDS):
        count[0], cpu, began = 0, time.process_time(), time.perf_counter()
        answer = client.get(path, headers={"Cookie": cookie})
        if answer.status_code != 200:  # noqa: PLR2004
            raise RuntimeError(f"{path}: {answer.status_code}")
        found.append(
            (
                (time.process_time() - cpu) * 1000,
                (time.perf_counter() - began) * 1000,
                count[0],
                len(answer.get_data()) / 1024,
            )
        )
    for engine in engines:
        event.remove(engine, "before_cursor_execute", counted)
    cpu_ms, clock_ms, queries, size = (statistics.median(each) for each in zip(*found[1:], strict=True))
    return Spent(cpu_ms, clock_ms, int(queries), size)


def report(database_url: str = "") -> list[str]:
    """Measure every page; the lines of a Markdown table."""
    kind = "PostgreSQL (its own processes not counted)" if database_url else "SQLite"
    size = f"{LEARNERS:,} learners × {LESSONS} lessons, {COHORTS} cohorts, {WAITING:,} pieces of work wait; {kind}"
    lines = [f"{size}. First screens, median of {ROUNDS - 1}, in one process.", ""]
    lines += ["| page | CPU ms | ms | queries | KB | |", "|---|---|---|---|---|---|"]
    with site(database_url) as (app, cookie):
        client = app.test_client(use_cookies=False)
        for name, path in PAGES.items():
            found = spent(app, client, path, cookie)
            kept = "kept" if found.cpu <= BUDGET else "OVER"
            lines.append(
                f"| {name} | {found.cpu:.0f} | {found.clock:.0f} | {found.queries} | {found.kilobytes:.0f} | {kept} |"
            )
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [*lines, "", f"Budget: {BUDGET} ms of CPU. Load average of the machine while measuring: {load}."]


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(*sys.argv[1:])) + "\n")
