"""Writes on SQLite: several processes commit lesson results at once; none may find the database locked."""

import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path

from academy import clock
from academy.db import open_database
from academy.people.models import ACTIVE, Member
from benchmarks.site import COURSE, seed
from courses.catalogue import library
from courses.enrolment import service as enrolment
from courses.progress.models import LessonState
from courses.progress.service import record_result

WRITERS, EACH = 8, 60


def report() -> list[str]:
    """Commits a second and how long each took; the lines of a paragraph."""
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder))
        url = f"sqlite:///{folder}/academy.db"
        members = _learners(url)
        began = time.monotonic()
        with multiprocessing.get_context("spawn").Pool(WRITERS) as pool:
            spans = [span for each in pool.starmap(_write, [(url, member) for member in members]) for span in each]
        spent = time.monotonic() - began
    spans.sort()
    middle, late = statistics.median(spans), spans[int(len(spans) * 0.99)]
    done = f"{WRITERS} processes kept {len(spans)} results of lessons; each reads, writes, checks the completion"
    how = f"and commits with synchronous=FULL. Median {middle * 1000:.1f} ms, p99 {late * 1000:.1f} ms"
    return [f"{done} {how}, {len(spans) / spent:.0f} a second with starting the processes; none found it locked."]


def _learners(url: str) -> list[int]:
    database, now = open_database(url), clock.now()
    with database.transaction() as session:
        live = library.live_course(session, COURSE)
        if live is None:
            raise RuntimeError("The bundled course is missing.")
        people = [
            Member(
                email=f"writer{number}@example.org",
                email_key=f"writer{number}@example.org",
                password_hash="",
                display_name=f"Writer {number}",
                state=ACTIVE,
                created_at=now,
            )
            for number in range(WRITERS)
        ]
        session.add_all(people)
        session.flush()
        for person in people:
            enrolment.enrol(session, live=live, member_id=person.id, way="open", now=now)
        return [person.id for person in people]


def _write(url: str, member_id: int) -> list[float]:
    database, spans = open_database(url), []
    for number in range(EACH):
        began = time.monotonic()
        with database.transaction() as session:
            record_result(
                session,
                member_id=member_id,
                course_slug=COURSE,
                lesson_key=f"bench/lesson-{number}",
                state=LessonState.DONE,
                score=None,
                edition=1,
                now=clock.now(),
            )
        spans.append(time.monotonic() - began)
    return spans
